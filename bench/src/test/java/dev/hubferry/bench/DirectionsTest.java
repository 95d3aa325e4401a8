package dev.hubferry.bench;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.hubferry.messaging.Decoded;
import dev.hubferry.messaging.MessageCodec;

@AnalyzeClasses(packages = "dev.hubferry.bench", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionsTest {
    /** The services are measured as anybody meets them: as processes, through REST and Kafka. */
    @ArchTest
    static final ArchRule KNOWS_NO_SERVICE = classes()
            .that()
            .resideInAPackage("dev.hubferry.bench..")
            .should()
            .onlyDependOnClassesThat(resideInAnyPackage(
                            "dev.hubferry.bench..",
                            "dev.hubferry.contracts..",
                            "dev.hubferry.testbed..",
                            "java..",
                            "javax.sql..",
                            "com.fasterxml.jackson..",
                            "org.apache.kafka..",
                            "org.jspecify..",
                            "picocli..")
                    .or(belongToAnyOf(MessageCodec.class, Decoded.class)));
}
