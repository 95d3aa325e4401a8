package dev.hubferry.orchestrator.page.view;

import dev.hubferry.contracts.Problem;
import dev.hubferry.orchestrator.api.view.StepView;
import java.util.List;

/**
 * Why an attempt failed.
 *
 * @param policy what the saga does about errors of this category
 */
public record Trouble(String code, String category, String policy, String detail, List<Problem> problems) {
    static Trouble of(StepView.Failure failure) {
        return new Trouble(
                failure.code().name(),
                failure.category().name(),
                switch (failure.category()) {
                    case TRANSIENT -> "it may be gone by itself, and is tried again, later and later";
                    case NEEDS_OPERATOR -> "a person has to change something before it can work";
                    case PERMANENT -> "trying again cannot help by itself";
                },
                failure.detail(),
                failure.problems());
    }
}
