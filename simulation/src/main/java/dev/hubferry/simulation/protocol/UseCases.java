package dev.hubferry.simulation.protocol;

import dev.hubferry.contracts.Command;
import java.util.List;

/** What a participant does on a command. */
public interface UseCases {
    List<Act> of(Command command);

    String exclusiveKey(Command command);
}
