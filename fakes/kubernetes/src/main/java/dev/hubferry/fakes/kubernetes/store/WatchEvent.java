package dev.hubferry.fakes.kubernetes.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hubferry.fakes.kubernetes.model.Json;

/**
 * One line of a watch.
 *
 * @param type ADDED, MODIFIED, DELETED, BOOKMARK or ERROR
 */
public record WatchEvent(String type, ObjectNode object) {

    public byte[] toLine() {
        ObjectNode line = Json.object().put("type", type);
        line.set("object", object);
        return Json.bytes(line);
    }
}
