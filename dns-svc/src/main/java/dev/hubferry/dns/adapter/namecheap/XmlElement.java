package dev.hubferry.dns.adapter.namecheap;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.ErrorHandler;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.SAXParseException;

/** An element of the API's answers, read without regard to namespaces and case, which differ between documentation and service. */
record XmlElement(Element element) {

    /**
     * The root of a document.
     *
     * @throws IOException when it is not well-formed or has a document type
     */
    static XmlElement parse(String text) throws IOException {
        try {
            DocumentBuilder builder = safeFactory().newDocumentBuilder();
            builder.setErrorHandler(new Strict());
            return new XmlElement(
                    builder.parse(new InputSource(new StringReader(text))).getDocumentElement());
        } catch (SAXException e) {
            throw new IOException("not well-formed XML", e);
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the XML parser cannot be made safe", e);
        }
    }

    String name() {
        return Optional.ofNullable(element.getLocalName()).orElse(element.getNodeName());
    }

    String text() {
        return element.getTextContent().strip();
    }

    Optional<String> attribute(String name) {
        NamedNodeMap attributes = element.getAttributes();
        return IntStream.range(0, attributes.getLength())
                .mapToObj(attributes::item)
                .filter(attribute -> localName(attribute).equalsIgnoreCase(name))
                .map(Node::getNodeValue)
                .findFirst();
    }

    /** All elements of that name at any depth, in the document's order. */
    List<XmlElement> all(String name) {
        List<XmlElement> found = new ArrayList<>();
        NodeList nodes = element.getElementsByTagName("*");
        for (int i = 0; i < nodes.getLength(); i++) {
            if (nodes.item(i) instanceof Element child && localName(child).equalsIgnoreCase(name)) {
                found.add(new XmlElement(child));
            }
        }
        return found;
    }

    Optional<XmlElement> first(String name) {
        return all(name).stream().findFirst();
    }

    private static String localName(Node node) {
        return Optional.ofNullable(node.getLocalName()).orElse(node.getNodeName());
    }

    private static DocumentBuilderFactory safeFactory() throws ParserConfigurationException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_DTD, "");
        factory.setAttribute(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
        factory.setXIncludeAware(false);
        factory.setExpandEntityReferences(false);
        return factory;
    }

    /** Throws instead of printing to standard error. */
    private static final class Strict implements ErrorHandler {
        @Override
        public void warning(SAXParseException exception) {}

        @Override
        public void error(SAXParseException exception) throws SAXException {
            throw exception;
        }

        @Override
        public void fatalError(SAXParseException exception) throws SAXException {
            throw exception;
        }
    }
}
