package dev.hubferry.orchestrator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.hubferry.orchestrator", importOptions = ImportOption.DoNotIncludeTests.class)
class DirectionsTest {
    private static final String ROOT = "dev.hubferry.orchestrator.";

    @ArchTest
    static final ArchRule ENGINE_KNOWS_CONTRACTS_ONLY = classes()
            .that()
            .resideInAPackage(ROOT + "saga.engine")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(ROOT + "saga.engine", "dev.hubferry.contracts", "java..", "org.jspecify..");

    @ArchTest
    static final ArchRule ENGINE_ASKS_NO_CLOCK = noClasses()
            .that()
            .resideInAPackage(ROOT + "saga.engine")
            .should()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(java.time.Clock.class)
            .orShould()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.net..", "java.sql..", "java.nio.file..", "java.util.concurrent..");

    @ArchTest
    static final ArchRule USE_CASES_KNOW_NO_TECHNOLOGY = noClasses()
            .that()
            .resideInAPackage(ROOT + "saga..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "adapter..",
                    ROOT + "api..",
                    ROOT + "messaging..",
                    ROOT + "config..",
                    "dev.hubferry.messaging..",
                    "io.quarkus..",
                    "jakarta..",
                    "java.sql..",
                    "org.apache.kafka..",
                    "com.fasterxml..");

    @ArchTest
    static final ArchRule WEBHOOKS_KNOW_NO_TECHNOLOGY = noClasses()
            .that()
            .resideInAPackage(ROOT + "webhook..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ROOT + "adapter..",
                    ROOT + "api..",
                    ROOT + "messaging..",
                    ROOT + "config..",
                    "io.quarkus..",
                    "io.vertx..",
                    "jakarta..",
                    "java.sql..",
                    "org.apache.kafka..");

    @ArchTest
    static final ArchRule STORAGE_KNOWS_NO_API = noClasses()
            .that()
            .resideInAPackage(ROOT + "adapter..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "api..", ROOT + "messaging..", ROOT + "config..", "jakarta.ws..");

    @ArchTest
    static final ArchRule API_KNOWS_NO_STORAGE = noClasses()
            .that()
            .resideInAPackage(ROOT + "api..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "adapter..", ROOT + "messaging..", "java.sql..", "org.apache.kafka..");

    @ArchTest
    static final ArchRule CONSUMERS_KNOW_USE_CASES_ONLY = noClasses()
            .that()
            .resideInAPackage(ROOT + "messaging..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ROOT + "adapter..", ROOT + "api..", ROOT + "config..", "java.sql..");
}
