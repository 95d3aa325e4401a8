package dev.hubferry.fakes.namecheap;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The API's XML, written as the real one writes it. */
final class ApiAnswer {

    /** One empty element with its attributes, in order. */
    record Element(String name, Map<String, String> attributes) {

        static Element of(String name, String... namesAndValues) {
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.length; i += 2) {
                attributes.put(namesAndValues[i], namesAndValues[i + 1]);
            }
            return new Element(name, attributes);
        }

        String open() {
            StringBuilder text = new StringBuilder("<").append(name);
            attributes.forEach((attribute, value) -> text.append(' ')
                    .append(attribute)
                    .append("=\"")
                    .append(escape(value))
                    .append('"'));
            return text.append('>').toString();
        }

        String close() {
            return "</" + name + ">";
        }

        @Override
        public String toString() {
            return open() + close();
        }
    }

    private ApiAnswer() {}

    static String ok(String command, String body) {
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <ApiResponse Status="OK" xmlns="http://api.namecheap.com/xml.response">
                  <Errors />
                  <Warnings />
                  <RequestedCommand>%s</RequestedCommand>
                  <CommandResponse Type="%s">
                %s
                  </CommandResponse>
                  <Server>FAKE</Server>
                  <GMTTimeDifference>--0:00</GMTTimeDifference>
                  <ExecutionTime>0.01</ExecutionTime>
                </ApiResponse>
                """.formatted(escape(command), escape(command), body);
    }

    static String error(String command, int number, String text) {
        return """
                <?xml version="1.0" encoding="utf-8"?>
                <ApiResponse Status="ERROR" xmlns="http://api.namecheap.com/xml.response">
                  <Errors>
                    <Error Number="%d">%s</Error>
                  </Errors>
                  <Warnings />
                  <RequestedCommand>%s</RequestedCommand>
                  <Server>FAKE</Server>
                  <GMTTimeDifference>--0:00</GMTTimeDifference>
                  <ExecutionTime>0.01</ExecutionTime>
                </ApiResponse>
                """.formatted(number, escape(text), escape(command));
    }

    static String element(Element outer, List<Element> inner) {
        StringBuilder text = new StringBuilder("    ").append(outer.open()).append('\n');
        inner.forEach(element -> text.append("      ").append(element).append('\n'));
        return text.append("    ").append(outer.close()).toString();
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
