using Portico.Contracts.Locations;
using Portico.Platform.Data;

namespace Portico.Members.Data;

internal sealed class LocationDirectory(Database<MembersModule> database) : ILocationDirectory
{
    public Task<Location?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        database.FindAsync<Location>("select id, name, time_zone, closes_at from locations where id = @id", new { id }, cancellationToken);
}
