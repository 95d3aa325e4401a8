@org.jspecify.annotations.NullMarked
package dev.hubferry.orchestrator.saga.forecast;
