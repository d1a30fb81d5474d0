using System.Text.Json;

namespace Portico.Tests.Behaviour.Host;

public sealed class ApiDocumentTests
{
    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task Anybody_can_read_the_documents_and_look_at_them_in_a_browser(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var reader = platform.Somebody();
        foreach (var module in (string[])["auth", "members", "bookings"])
        {
            var document = (await reader.GetAsync($"/openapi/{module}.json")).Expect(HttpStatusCode.OK);
            Assert.Equal(document.Body, (await reader.At(module).GetAsync($"/openapi/{module}.json")).Body);
            AssertWhole(module, document.Json);
        }

        (await reader.GetAsync("/openapi/lobby.json")).Expect(HttpStatusCode.NotFound);
        Assert.Contains("swagger-ui", (await reader.GetAsync("/swagger/index.html")).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
        (await reader.GetAsync("/swagger/swagger-ui-bundle.js")).Expect(HttpStatusCode.OK);
        Assert.Contains("/openapi/members.json", (await reader.GetAsync("/swagger/index.js")).Expect(HttpStatusCode.OK).Body, StringComparison.Ordinal);
    }

    [Theory, InlineData(Shape.OneProcess), InlineData(Shape.ProcessPerModule)]
    public async Task The_documents_tell_every_form_that_an_answer_may_have(Shape shape)
    {
        await using var platform = await RunningPlatform.StartAsync(shape);
        var admin = await platform.AdminAsync();
        foreach (var (module, path, query, type) in ((string, string, string, string)[])
        [
            ("auth", "/api/auth/admin/auth-logs", "", "application/json"),
            ("auth", "/api/auth/admin/auth-logs", "?format=csv", "text/csv"),
            ("members", "/api/members/directory", "?format=csv", "text/csv"),
            ("bookings", "/api/bookings/locations", "?format=csv", "text/csv"),
            ("members", "/api/members/pass", "", "image/svg+xml"),
            ("members", "/api/members/pass", "?format=png", "image/png"),
            ("members", "/api/members/pass", "?format=text", "application/json"),
        ])
        {
            var answer = (await admin.GetAsync(path + query)).Expect(HttpStatusCode.OK);
            Assert.Equal(type, answer.ContentHeaders.ContentType?.MediaType);
            var document = (await admin.GetAsync($"/openapi/{module}.json")).Json;
            var forms = document.GetProperty("paths").GetProperty(path).GetProperty("get").GetProperty("responses").GetProperty("200").GetProperty("content");
            Assert.Contains(type, forms.EnumerateObject().Select(form => form.Name));
        }
    }

    private static void AssertWhole(string module, JsonElement document)
    {
        Assert.False(document.TryGetProperty("servers", out _), "the document names a machine");
        var paths = document.GetProperty("paths").EnumerateObject().ToList();
        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.StartsWith($"/api/{module}/", path.Name + "/", StringComparison.Ordinal));
        List<string> ids = [];
        foreach (var operation in paths.SelectMany(path => path.Value.EnumerateObject()))
        {
            Assert.True(operation.Value.TryGetProperty("operationId", out var id), $"a {operation.Name} has no name: {operation.Value}");
            ids.Add(id.GetString()!);
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        foreach (var schema in document.GetProperty("components").GetProperty("schemas").EnumerateObject())
        {
            AssertTyped(schema.Name, schema.Value);
        }
    }

    // `{}` is anything at all: nobody could write a client for it.
    private static void AssertTyped(string schema, JsonElement value)
    {
        if (!value.TryGetProperty("properties", out var properties))
        {
            return;
        }

        foreach (var property in properties.EnumerateObject())
        {
            Assert.True(
                property.Value.EnumerateObject().Any(entry => entry.Name is "type" or "$ref" or "oneOf" or "anyOf" or "allOf" or "enum"),
                $"{schema}.{property.Name} has no type");
            Assert.Equal(property.Name.ToLowerInvariant(), property.Name);
        }
    }
}
