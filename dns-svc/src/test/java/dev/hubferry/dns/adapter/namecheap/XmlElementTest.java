package dev.hubferry.dns.adapter.namecheap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class XmlElementTest {

    @Test
    void findsElementsWhateverTheirCaseAndNamespace() throws IOException {
        for (String text : List.of(
                "<ApiResponse Status='OK'><R><host Name='a'/></R></ApiResponse>",
                "<apiresponse xmlns='http://api.namecheap.com/xml.response' STATUS='OK'><r><HOST NAME='a'/></r></apiresponse>",
                "<n:ApiResponse xmlns:n='urn:x' Status='OK'><n:R><n:Host name='a'/></n:R></n:ApiResponse>")) {
            // Given, When
            XmlElement root = XmlElement.parse(text);
            // Then
            assertThat(root.attribute("status")).contains("OK");
            assertThat(root.all("Host")).hasSize(1);
            assertThat(root.first("host").orElseThrow().attribute("Name")).contains("a");
        }
    }

    @Test
    void refusesADocumentTypeAndBrokenText() {
        // Given, When, Then
        for (String text : List.of(
                "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]><a>&x;</a>", "<a>", "", "<html><br></html>")) {
            assertThatThrownBy(() -> XmlElement.parse(text)).isInstanceOf(IOException.class);
        }
    }
}
