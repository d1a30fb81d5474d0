using System.Text.Json.Nodes;
using Portico.Activity.Audit;
using Portico.Contracts.Auth;
using Portico.Platform.Data;
using Portico.Platform.Messaging;

namespace Portico.Activity.Messages;

/// <summary>One record in the audit trail for each fact of whatever module.</summary>
internal sealed class RecordFacts(TimeProvider time) : IHandleStream
{
    public async Task HandleAsync(IReadOnlyList<EventEnvelope> facts, Change change, CancellationToken cancellationToken)
    {
        var records = new JsonArray([.. facts.Select(AuditedFact.Of)]);
        await change.ExecuteAsync(
            "select audit.append(@records::jsonb, @at)", new { records = records.ToJsonString(), at = time.GetUtcNow() }, cancellationToken);
        foreach (var deleted in facts.Where(fact => fact.Type == UserDeleted.Type))
        {
            await change.ExecuteAsync("select audit.forget(@Key)", new { deleted.Key }, cancellationToken);
        }
    }
}
