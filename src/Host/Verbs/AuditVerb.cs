using System.CommandLine;
using Portico.Activity.Audit;
using Portico.Host.Setup;

namespace Portico.Host.Verbs;

/// <summary><c>portico audit verify</c>: proves that nobody changed the trail of what happened.</summary>
internal static class AuditVerb
{
    public static Command Create()
    {
        var verify = new Command("verify", "Walks through the audit trail and names the first record that is not as it was written.") { HostOptions.Data };
        verify.SetAction((result, cancellationToken) => VerifyAsync(result.GetRequiredValue(HostOptions.Data), cancellationToken));
        return new Command("audit", "The trail of what happened.") { verify };
    }

    private static async Task<int> VerifyAsync(string data, CancellationToken cancellationToken)
    {
        await using var process = await PorticoProcess.OpenQuietAsync(new(["activity"], data), cancellationToken);
        await Schemas.EnsureCurrentAsync(process.App.Services, cancellationToken);
        await using var scope = process.App.Services.CreateAsyncScope();
        var proof = await scope.ServiceProvider.GetRequiredService<AuditChain>().VerifyAsync(cancellationToken);
        Console.WriteLine(proof.Records == 0
            ? "no records"
            : $"{proof.Records} records from {proof.From:u} to {proof.To:u}, the last with hash {proof.LastHash}");
        return proof.Fault is null ? 0 : throw new OperatorException($"The audit trail is broken: {proof.Fault}.");
    }
}
