using Portico.Host.Documents;
using Portico.Platform.Messaging;

namespace Portico.Tests.Architecture;

/// <summary><c>docs/events.md</c> is what Contracts say.</summary>
public sealed class EventDocumentTests
{
    [Fact]
    public void The_document_of_facts_is_up_to_date() => Assert.True(
        EventDocument.Write() == Repository.Read("docs/events.md"), "docs/events.md is not what Contracts say: `make openapi` writes it anew.");

    [Fact]
    public void Every_fact_has_a_type_and_a_description_of_its_own()
    {
        Assert.NotEmpty(EventTypes.All);
        Assert.Equal(EventTypes.All.Count, EventTypes.All.Select(fact => fact.Type).Distinct().Count());
        var docstrings = new Docstrings(typeof(Contracts.IIntegrationEvent).Assembly);
        Faults.AssertNone("Say in a docstring what has become true.", EventTypes.All.Where(fact => docstrings.Of(fact.Shape).Length == 0).Select(fact => fact.Type));
    }
}
