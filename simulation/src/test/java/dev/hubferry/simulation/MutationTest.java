package dev.hubferry.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hubferry.orchestrator.saga.engine.SagaDefinition;
import dev.hubferry.simulation.chance.Chance;
import dev.hubferry.simulation.check.Invariant;
import dev.hubferry.simulation.protocol.Fence;
import dev.hubferry.simulation.protocol.Inbox;
import dev.hubferry.simulation.protocol.Journal;
import dev.hubferry.simulation.saga.Alarms;
import dev.hubferry.simulation.saga.Brain;
import dev.hubferry.simulation.saga.Orchestrator;
import dev.hubferry.simulation.saga.Turns;
import dev.hubferry.simulation.world.DnsWork;
import dev.hubferry.simulation.world.StorageWork;
import dev.hubferry.simulation.world.World;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** An invariant that nothing can break shows nothing: each thing that is broken on purpose is caught, and by the rule that it breaks. */
class MutationTest {
    private static final int ENOUGH = 20_000;

    @Test
    void catchesAnInboxWithoutDedupe() throws InterruptedException {
        assertCaught(Invariant.DONE_TWICE, new Parts() {
            @Override
            protected Inbox inbox() {
                return new Breakages.InboxWithoutDedupe();
            }
        });
    }

    /** The outside refuses the earlier one of two that run at once, however often it is run again. */
    @Test
    void catchesAnInboxThatIgnoresExclusiveKeys() throws InterruptedException {
        assertCaught(Invariant.LIVENESS, new Parts() {
            @Override
            protected Inbox inbox() {
                return new Breakages.InboxWithoutExclusiveKeys();
            }
        });
    }

    @Test
    void catchesAnEndingByAStaleEpoch() throws InterruptedException {
        assertCaught(Invariant.DONE_TWICE, new Parts() {
            @Override
            protected Inbox inbox() {
                return new Breakages.InboxWithoutEpochs();
            }
        });
    }

    @Test
    void catchesAnOutsideThatAcceptsAStaleEpoch() throws InterruptedException {
        assertCaught(Invariant.TWO_EXECUTORS, new Parts() {
            @Override
            protected Fence fence() {
                return new Breakages.FenceThatAdmitsAll();
            }
        });
    }

    @Test
    void catchesAJournalThatForgetsWhatWasThereFirst() throws InterruptedException {
        assertCaught(Invariant.WORLD_DIFFERS, new Parts() {
            @Override
            protected Journal journal() {
                return new Breakages.JournalThatForgetsTheFirst();
            }
        });
    }

    @Test
    void catchesALostTimer() throws InterruptedException {
        assertCaught(Invariant.LIVENESS, new Parts() {
            @Override
            protected Alarms alarms() {
                return new Breakages.AlarmsWithoutRetries();
            }
        });
    }

    @Test
    void catchesACommandThatNobodyAsksAbout() throws InterruptedException {
        assertCaught(Invariant.UNANSWERED, new Parts() {
            @Override
            protected Alarms alarms() {
                return new Breakages.AlarmsWithoutProbes();
            }
        });
    }

    @Test
    void catchesAPauseThatForgetsTimes() throws InterruptedException {
        assertCaught(Invariant.LIVENESS, new Parts() {
            @Override
            protected Brain brain() {
                return new Breakages.BrainThatForgetsWhileItSleeps();
            }
        });
    }

    @Test
    void catchesALimitThatIsNone() throws InterruptedException {
        assertCaught(Invariant.LIMIT_EXCEEDED, new Parts() {
            @Override
            protected Turns turns(Turns.Setting setting) {
                return new BrokenTurns.ForEverybody(setting);
            }
        });
    }

    @Test
    void catchesATurnThatNeverComes() throws InterruptedException {
        assertCaught(Invariant.LIVENESS, new Parts() {
            @Override
            protected Turns turns(Turns.Setting setting) {
                return new BrokenTurns.Asleep(setting);
            }
        });
    }

    @Test
    void catchesAStepThatWaitsForItsTurnWhileTheHubIsDown() throws InterruptedException {
        assertCaught(Invariant.WAITED_WHILE_DOWN, new Parts() {
            @Override
            protected SagaDefinition definition() {
                return BrokenTurns.waitsInTheDowntime(super.definition());
            }
        });
    }

    @Test
    void catchesAHubThatIsClosedLaterThanWasApproved() throws InterruptedException {
        assertCaught(Invariant.OVER_BUDGET, new Parts() {
            @Override
            protected Brain brain() {
                return new Breakages.BrainThatTrustsAnApproval();
            }
        });
    }

    @Test
    void catchesAReplyAppliedTwice() throws InterruptedException {
        assertCaught(Invariant.REPLY_TWICE, new Parts() {
            @Override
            protected Orchestrator orchestrator(Orchestrator.Setting setting) {
                return new Breakages.OrchestratorThatHearsTwice(setting);
            }
        });
    }

    @Test
    void catchesUndosInTheWrongOrder() throws InterruptedException {
        assertCaught(Invariant.DNS_UNVERIFIED, new Parts() {
            @Override
            protected Brain brain() {
                return new Breakages.BrainThatUndoesForwards();
            }
        });
    }

    @Test
    void catchesAnUndoSkippedForAStepThatWasSentAndFailed() throws InterruptedException {
        assertCaught(Invariant.WORLD_DIFFERS, new Parts() {
            @Override
            protected Brain brain() {
                return new Breakages.BrainThatSparesTheFailed();
            }
        });
    }

    @Test
    void catchesDnsSwitchedBeforeTheHomesAreVerified() throws InterruptedException {
        assertCaught(Invariant.DNS_UNVERIFIED, new Parts() {
            @Override
            protected SagaDefinition definition() {
                return Breakages.switchedBeforeVerified(super.definition());
            }
        });
    }

    @Test
    void catchesAFinalCopyThatIsSkippedWhenResumed() throws InterruptedException {
        assertCaught(Invariant.DNS_UNVERIFIED, new Parts() {
            @Override
            protected StorageWork storage(World world, Chance chance) {
                return new Breakages.StorageThatTrustsItsForerunner(world, chance);
            }
        });
    }

    @Test
    void catchesFinalPassesThatAreCountedInMemory() throws InterruptedException {
        assertCaught(Invariant.ENDLESS_COPYING, new Parts() {
            @Override
            protected StorageWork storage(World world, Chance chance) {
                return new Breakages.StorageThatCountsInMemory(world, chance);
            }
        });
    }

    @Test
    void catchesARunnerThatOutlivesItsAttempt() throws InterruptedException {
        assertCaught(Invariant.WRITE_LOST, new Parts() {
            @Override
            protected StorageWork storage(World world, Chance chance) {
                return new Breakages.StorageThatEndsNoRunner(world, chance);
            }

            @Override
            protected int oneRunnerSlowIn() {
                return 4;
            }
        });
    }

    @Test
    void catchesAHubOpenedBeforeCachesHaveForgotten() throws InterruptedException {
        assertCaught(Invariant.STALE_CACHE, new Parts() {
            @Override
            protected DnsWork dns(World world, Chance chance) {
                return new Breakages.DnsWithoutPatience(world, chance);
            }
        });
    }

    private static List<String> lines(Summary summary) {
        return summary.failures().stream().map(Summary.Failure::line).limit(3).toList();
    }

    private static void assertCaught(Invariant invariant, Parts broken) throws InterruptedException {
        // When
        Summary summary = new Simulator(broken, Settings.of(1)).run(ENOUGH, 2);
        // Then
        Set<Invariant> caughtBy = new TreeSet<>();
        summary.failures().forEach(failure -> caughtBy.add(failure.invariant()));
        assertThat(caughtBy)
                .as("what caught it within %d schedules: %s", summary.schedules(), lines(summary))
                .contains(invariant);
        System.out.printf(
                "caught by %s in %s%n", caughtBy, summary.failures().getFirst().line());
    }
}
