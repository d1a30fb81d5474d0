using Portico.Auth.Features.Accounts;
using Portico.Auth.Features.Admin;
using Portico.Auth.Features.Passwords;
using Portico.Auth.Features.Sessions;
using Portico.Auth.Passwords;
using Portico.Platform.Security;
using Portico.Platform.Web;

namespace Portico.Auth;

/// <summary>The table of contents: every route of the module.</summary>
internal static class AuthRoutes
{
    public static void MapAccount(this RouteGroupBuilder auth)
    {
        var secrets = auth.MapGroup("").WithSecrets();
        secrets.MapPost("/register", Register.Handle).AllowAnyone().WithName("Register").WithSummary("Make an account and sign in");
        secrets.MapPatch("/me", ChangeMe.Handle).WithName("ChangeMe").WithSummary("Change my e-mail address or name");
        auth.MapGet("/me", ShowMe.Handle).RequireAuthorization(Policies.AnyPassword).WithName("ShowMe").WithSummary("The signed-in account");
    }

    public static void MapPasswords(this RouteGroupBuilder auth)
    {
        var passwords = auth.MapGroup("/password").WithSecrets();
        passwords.MapPost("/change", ChangePassword.Handle).RequireAuthorization(Policies.AnyPassword)
            .WithName("ChangePassword").WithSummary("Replace my password and end my other sessions");
        passwords.MapPost("/forgot", ForgotPassword.Handle).AllowAnyone().WithName("ForgotPassword").WithSummary("Get a link to a new password by mail");
        passwords.MapPost("/reset", ResetPassword.Handle).AllowAnyone().WithName("ResetPassword").WithSummary("Set a new password with such a link");
    }

    public static void MapSessions(this RouteGroupBuilder auth)
    {
        var secrets = auth.MapGroup("").WithSecrets();
        secrets.MapPost("/login", Login.Handle).AllowAnyone().WithName("Login").WithSummary("Sign in");
        secrets.MapPost("/refresh", Refresh.Handle).AllowAnyone().WithName("Refresh").WithSummary("Continue a long session");
        auth.MapPost("/logout", Logout.Handle).RequireAuthorization(Policies.AnyPassword).WithName("Logout").WithSummary("End this session");
        var sessions = auth.MapGroup("/sessions");
        sessions.MapGet("", ListSessions.Handle).WithName("ListSessions").WithSummary("My sessions, newest first");
        sessions.MapDelete("", LogoutEverywhere.Handle).WithName("LogoutEverywhere").WithSummary("End all my sessions, this one as well");
        sessions.MapDelete("/{id:guid}", EndSession.Handle).WithName("EndSession").WithSummary("End one of my sessions");
    }

    public static void MapAdmin(this RouteGroupBuilder auth)
    {
        var admin = auth.MapGroup("/admin").RequireAuthorization(Policies.Admin).ProducesProblem(StatusCodes.Status403Forbidden);
        admin.MapGet("/auth-logs", ListAuthLogs.Handle).WithName("ListAuthLogs").WithSummary("What happened to accounts, newest first, also as CSV");
        admin.MapGet("/users", ListUsers.Handle).WithName("ListUsers").WithSummary("Accounts by name");
        admin.MapGet("/users/{id:guid}", ShowUser.Handle).WithName("ShowUser").WithSummary("One account");
        admin.MapPut("/users/{id:guid}/role", ChangeRole.Handle).WithName("ChangeRole").WithSummary("Give an account another role");
        admin.MapPost("/users/{id:guid}/suspend", SuspendUser.Handle).WithName("SuspendUser").WithSummary("Keep an account from signing in");
        admin.MapPost("/users/{id:guid}/reinstate", ReinstateUser.Handle).WithName("ReinstateUser").WithSummary("Let a suspended account sign in again");
        admin.MapPost("/users/{id:guid}/sessions/end", EndUserSessions.Handle).WithName("EndUserSessions").WithSummary("End all sessions of an account");
        admin.MapPost("/users/{id:guid}/unlock", UnlockUser.Handle).WithName("UnlockUser").WithSummary("Forget an account's failed sign-ins");
        admin.MapDelete("/users/{id:guid}", DeleteUser.Handle).WithName("DeleteUser").WithSummary("Anonymise an account");
        var secrets = admin.MapGroup("/users").WithSecrets();
        secrets.MapPost("", CreateUser.Handle).WithName("CreateUser").WithSummary("Make an account for somebody or for a device");
        secrets.MapPost("/{id:guid}/password", GivePassword.Handle).WithName("GivePassword").WithSummary("Give an account a one-time password");
    }

    public static void MapRevocationFeed(this IEndpointRouteBuilder routes) =>
        routes.MapGet(RevocationFeedClient.Path, ReadEndedSessions.Handle).RequireAuthorization(Policies.Service).ExcludeFromDescription();
}
