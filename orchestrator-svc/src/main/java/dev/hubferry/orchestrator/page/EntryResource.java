package dev.hubferry.orchestrator.page;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.net.URI;

/** Leads whoever types the bare address to the list of migrations. */
@Path("/")
public class EntryResource {
    @GET
    @PermitAll
    public Response enter() {
        return Response.seeOther(URI.create(LocalPath.HOME)).build();
    }

    @GET
    @Path("ui")
    @PermitAll
    public Response enterPage() {
        return enter();
    }
}
