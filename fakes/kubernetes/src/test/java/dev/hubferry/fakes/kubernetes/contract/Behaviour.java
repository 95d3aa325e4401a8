package dev.hubferry.fakes.kubernetes.contract;

/**
 * One row of the contract.
 *
 * @param statement what is so, as a sentence
 */
public record Behaviour(String statement, Check check) {

    /** Fails when the cluster behaves otherwise. */
    @FunctionalInterface
    public interface Check {
        void against(Bench bench) throws Exception;
    }

    public static Behaviour of(String statement, Check check) {
        return new Behaviour(statement, check);
    }

    @Override
    public String toString() {
        return statement;
    }
}
