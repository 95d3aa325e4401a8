package dev.hubferry.orchestrator.page;

import dev.hubferry.orchestrator.api.security.IssuerSignIn;
import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** The page on which people sign in. */
@Singleton
final class SignInForm {
    private final Frames frames;
    private final IssuerSignIn issuer;

    SignInForm(Frames frames, IssuerSignIn issuer) {
        this.frames = frames;
        this.issuer = issuer;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance signIn(
                Frame frame, String to, String encodedTo, boolean issuer, String remark, String error);
    }

    /**
     * @param to where to go afterwards, a local path
     * @param remark why somebody who was signed in is not any more; empty when nobody was
     */
    TemplateInstance show(String to, String remark) {
        return of(to, remark, "");
    }

    /** @param error one sentence without its full stop */
    Response again(String to, int status, String error) {
        return Response.status(status)
                .entity(of(to, "", error))
                .type(MediaType.TEXT_HTML)
                .build();
    }

    private TemplateInstance of(String to, String remark, String error) {
        return Templates.signIn(frames.of(Section.NONE), to, LocalPath.encoded(to), issuer.isOffered(), remark, error);
    }
}
