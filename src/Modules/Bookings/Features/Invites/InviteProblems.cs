using Portico.Platform.Web;

namespace Portico.Bookings.Features.Invites;

/// <summary>What several features say about an invite.</summary>
internal static class InviteProblems
{
    public static ProblemHttpResult Unknown() => Problems.NotFound("invite-unknown", "There is no such invite.");

    public static ProblemHttpResult Used() => Problems.Conflict("invite-used", "The invite has been redeemed.");
}
