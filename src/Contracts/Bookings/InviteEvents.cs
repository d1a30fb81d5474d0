namespace Portico.Contracts.Bookings;

/// <summary>Somebody redeemed an invite and works at a location from now on. Auth gives the role that goes with it.</summary>
/// <param name="Role">Always <c>manager</c>.</param>
/// <param name="CreatedBy">The administrator whose invite it is.</param>
public sealed record InviteRedeemed(
    Guid InviteId, Guid AccountId, string Role, Guid LocationId, Guid CreatedBy, DateTimeOffset At) : IIntegrationEvent
{
    public static string Type => "invite.redeemed";
    public static string Topic => "bookings";
    public Guid Key => AccountId;
}
