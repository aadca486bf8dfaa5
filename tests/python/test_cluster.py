"""tools/cluster under a real Slurm: one controller and two nodes, all on this machine."""

import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import time

import pytest
from conftest import RECOMBINE, ROOT, recombine

CLUSTER = ROOT / "tools/cluster"
PROGRAMS = ("slurmctld", "slurmd", "sbatch", "scontrol", "munged", "mungekey")
SECONDS = 300  # until daemons must be up, and jobs must have ended, on a busy machine too
# Slurm's daemons are in sbin, which is not on everybody's path.
PATH = f"{os.environ['PATH']}:/usr/sbin:/sbin"

CONFIG = """
ClusterName=two
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={controller}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket
CredType=cred/munge
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool-%n
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd-%n.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SlurmdParameters=config_overrides
SchedulerParameters=sched_interval=1,sched_min_interval=1000,batch_sched_delay=1
MpiDefault=none
ReturnToService=2
NodeName=n1 NodeHostname={host} NodeAddr=127.0.0.1 Port={first} CPUs=8 RealMemory=100
NodeName=n2 NodeHostname={host} NodeAddr=127.0.0.1 Port={second} CPUs=8 RealMemory=100
PartitionName=all Nodes=n1,n2 Default=YES MaxTime=INFINITE State=UP
"""


def free_ports(count):
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


class Slurm:
    """A cluster of two nodes in a folder; its daemons end with it."""

    def __init__(self, folder):
        self.folder = folder
        # Programs are looked up where a job runs: ours as `recombine`.
        (folder / "bin").mkdir()
        (folder / "bin/recombine").symlink_to(RECOMBINE)
        self.environment = os.environ | {"SLURM_CONF": str(folder / "slurm.conf"),
                                         "PATH": f"{folder}/bin:{PATH}"}
        self.daemons = []

    def start(self):
        import pwd
        controller, first, second = free_ports(3)
        (self.folder / "state").mkdir()
        (self.folder / "slurm.conf").write_text(CONFIG.format(
            folder=self.folder, host=socket.gethostname(), user=pwd.getpwuid(os.geteuid()).pw_name,
            controller=controller, first=first, second=second))
        (self.folder / "cgroup.conf").write_text("CgroupPlugin=cgroup/v1\nCgroupAutomount=no\n")
        self.run("mungekey", "--create", "--keyfile", self.folder / "munge.key")
        self.daemon("munged", "--foreground", "--force", "--num-threads", 2,
                    "--key-file", self.folder / "munge.key", "--socket", self.folder / "munge.socket",
                    "--seed-file", self.folder / "munge.seed", "--pid-file", self.folder / "munge.pid",
                    "--log-file", self.folder / "munge.log")
        self.wait(lambda: (self.folder / "munge.socket").exists(), "munged")
        self.daemon("slurmctld", "-D")
        for node in ("n1", "n2"):
            self.daemon("slurmd", "-D", "-N", node)
        self.wait(lambda: self.said("sinfo", "-h", "-N", "-o", "%T").split() == ["idle", "idle"], "nodes")

    def daemon(self, *words):
        log = (self.folder / f"daemon-{len(self.daemons)}.log").open("wb")
        self.daemons.append(subprocess.Popen([str(word) for word in words], env=self.environment,
                                             stdin=subprocess.DEVNULL, stdout=log, stderr=log))

    def stop(self):
        for daemon in reversed(self.daemons):
            daemon.terminate()
        for daemon in self.daemons:
            try:
                daemon.wait(10)
            except subprocess.TimeoutExpired:
                daemon.kill()

    def run(self, *words, **more):
        return subprocess.run([str(word) for word in words], env=self.environment | more, cwd=self.folder,
                              capture_output=True, text=True, check=False, timeout=SECONDS)

    def said(self, *words):
        return self.run(*words).stdout

    def wait(self, is_true, what):
        end = time.monotonic() + SECONDS
        while not is_true():
            if time.monotonic() > end:
                raise TimeoutError(f"{what} did not come: {self.logs()}")
            time.sleep(0.05)

    def logs(self):
        return "\n".join(f"{log.name}:\n{log.read_text(errors='replace')[-2000:]}"
                         for log in sorted(self.folder.glob("*.log")))

    def batch(self, *words, **more):
        """Waits for the end of a job; whether all its tasks ended well."""
        asked = self.run("sbatch", "--parsable", *words, **more)
        assert asked.returncode == 0, asked.stderr
        job = asked.stdout.strip()
        self.wait(lambda: not self.said("squeue", "-h", "-j", job).strip(), f"the end of job {job}: " + self.said("scontrol", "show", "job", job))
        tasks = self.said("scontrol", "-o", "show", "job", job).splitlines()
        return bool(tasks) and all(" JobState=COMPLETED " in task for task in tasks)


@pytest.fixture(scope="module")
def slurm(tmp_path_factory):
    missing = [program for program in PROGRAMS if shutil.which(program, path=PATH) is None]
    if missing:
        pytest.skip(f"no {', '.join(missing)} here (apt-get install slurmctld slurmd slurm-client munge)")
    cluster = Slurm(tmp_path_factory.mktemp("slurm"))
    try:
        cluster.start()
        yield cluster
    except TimeoutError as error:
        pytest.skip(f"Slurm does not run here: {error}")
    finally:
        cluster.stop()


EPISODES = ("--episodes", 1300, "--seed", 5, "--queries", 2, "--study", 1, "--max-shape-size", 2)


def test_an_array_makes_the_set_of_a_single_run(slurm):
    folder = slurm.folder / "data"
    script = CLUSTER / "generate.sbatch"
    assert slurm.batch("--array=0-7", script, folder, *EPISODES), slurm.logs()
    shutil.rmtree(folder / "parts/3")
    merge = ("recombine", "merge", folder / "parts", "--out", folder / "set")
    lost = slurm.run(*merge)
    assert lost.returncode == 3 and "shard 3/8: is missing" in lost.stderr
    assert not slurm.batch("--array=3", script, folder, *EPISODES), "three of how many?"
    assert slurm.batch("--array=3", script, folder, *EPISODES, SHARDS="8"), slurm.logs()
    merged = slurm.run(*merge)
    assert merged.returncode == 0, merged.stderr
    recombine("generate", "grids", *EPISODES, "--shards", 8, "--out", slurm.folder / "one")
    for file in sorted((slurm.folder / "one").iterdir()):
        assert file.read_bytes() == (folder / "set" / file.name).read_bytes(), file.name


def test_a_training_is_told_who_is_who(slurm):
    """Each task of the job gets what a rank must know; the program is one that writes it down."""
    told = slurm.folder / "told"
    told.mkdir()
    stand_in = slurm.folder / "stand-in"
    stand_in.mkdir()
    (stand_in / "recombine").write_text(
        "#!/bin/sh\n"
        f'echo "$SLURM_PROCID $SLURM_NTASKS $SLURM_LOCALID $MASTER_ADDR $MASTER_PORT $*" >{told}/$SLURM_PROCID\n')
    (stand_in / "recombine").chmod(0o755)
    run = slurm.folder / "run"
    words = ("--nodes=2", "--ntasks-per-node=2", "--gpus-per-node=0", "--cpus-per-task=1",
             CLUSTER / "train.sbatch", run, "--data", "fresh")
    path = {"PATH": f"{stand_in}:{slurm.environment['PATH']}"}
    assert slurm.batch(*words, **path), slurm.logs()
    ranks = [(told / str(rank)).read_text().split() for rank in range(4)]
    assert [rank[:3] for rank in ranks] == [[str(i), "4", str(i % 2)] for i in range(4)]
    assert {rank[3] for rank in ranks} == {"127.0.0.1"} and len({rank[4] for rank in ranks}) == 1
    assert ranks[0][5:] == ["train", "--out", str(run), "--data", "fresh"]
    run.mkdir()
    (run / "config.ini").touch()
    assert slurm.batch(*words, **path), slurm.logs()
    assert (told / "0").read_text().split()[-1] == "--resume"


def test_ranks_of_slurm_train_one_run(slurm):
    if "--ranks" not in subprocess.run([RECOMBINE, "help", "train"], capture_output=True, text=True,
                                       check=False).stdout:
        pytest.skip("this build trains in one process")
    run = slurm.folder / "trained"
    assert slurm.batch("--nodes=2", "--ntasks-per-node=1", "--gpus-per-node=0", "--cpus-per-task=1",
                       CLUSTER / "train.sbatch", run, "--config", ROOT / "configs/grids-mini.ini", "--data",
                       "fresh", "--steps", 2, "--warmup", 1, "--workers", 1), slurm.logs()
    assert (run / "checkpoints/step-2/model.safetensors").exists()


def test_shards_over_ssh_are_copied_and_merged(work):
    """ssh and scp that reach another folder of this machine."""
    away = work / "away"
    programs = work / "programs"
    for folder in (away, programs):
        folder.mkdir()
    (programs / "ssh").write_text(f'#!/bin/sh\nshift\ncd {away} && exec sh -c "$*"\n')
    (programs / "scp").write_text(f'#!/bin/sh\nexec cp -r "{away}/${{3#*:}}" "$4"\n')
    for program in ("ssh", "scp"):
        (programs / program).chmod(0o755)
    (work / "hosts").write_text("# three machines\na\nb\nc\n")
    environment = os.environ | {"PATH": f"{programs}:{os.environ['PATH']}", "RECOMBINE": RECOMBINE}
    done = subprocess.run([CLUSTER / "ssh-generate", "hosts", "over-ssh", *map(str, EPISODES)], cwd=work,
                          env=environment, capture_output=True, text=True, check=False)
    logs = {log.name: log.read_text() for log in pathlib.Path(work / "over-ssh/parts").glob("*.log")}
    assert done.returncode == 0, f"{done.stderr} {logs}"
    recombine("generate", "grids", *EPISODES, "--shards", 3, "--out", work / "without-ssh")
    for file in sorted((work / "without-ssh").iterdir()):
        assert file.read_bytes() == (work / "over-ssh/set" / file.name).read_bytes(), file.name
