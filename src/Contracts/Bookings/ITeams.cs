namespace Portico.Contracts.Bookings;

/// <summary>The teams there are. Bookings has them and who is in them.</summary>
public interface ITeams
{
    /// <summary>Null when there is no such team.</summary>
    Task<KnownTeam?> FindAsync(Guid id, CancellationToken cancellationToken);
}

/// <summary>A team as it is now.</summary>
/// <param name="Members">How many people are in it.</param>
public sealed record KnownTeam(Guid Id, string Name, int Members);
