using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Portico.Platform.Web;

/// <summary>What the documents of all modules have in common, and their order: the same program always writes the same bytes.</summary>
public static class OpenApiShape
{
    private const string Bearer = "bearer";

    private static readonly string Version = typeof(OpenApiShape).Assembly.GetName().Version!.ToString(3);

    /// <summary>Documents the routes of <paramref name="module"/>, which are those of <see cref="ModuleRoutes"/>.</summary>
    public static void Describe(this OpenApiOptions options, string module)
    {
        options.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
        options.ShouldInclude = route => route.GroupName == module;
        options.AddSchemaTransformer((schema, context, _) =>
        {
            if (typeof(ProblemDetails).IsAssignableFrom(context.JsonTypeInfo.Type))
            {
                DescribeProblem(schema);
            }
            else if (context.JsonTypeInfo.Type is { } type && (type == typeof(string) || type == typeof(DateTimeOffset) || type == typeof(DateTimeOffset?)))
            {
                // StrictJson reads these itself, so the generator cannot know what they are.
                schema.Type = JsonSchemaType.String | (context.JsonPropertyInfo?.IsGetNullable is true ? JsonSchemaType.Null : 0);
                schema.Format = type == typeof(string) ? schema.Format : "date-time";
            }
            else if (context.JsonTypeInfo.Type == typeof(decimal) || context.JsonTypeInfo.Type == typeof(decimal?))
            {
                schema.Type = JsonSchemaType.Number | (context.JsonPropertyInfo?.IsGetNullable is true ? JsonSchemaType.Null : 0);
                schema.Format = "double";
                if (context.JsonPropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(RangeAttribute), true) is [RangeAttribute range])
                {
                    schema.Minimum = Convert.ToString(range.Minimum, CultureInfo.InvariantCulture);
                    schema.Maximum = Convert.ToString(range.Maximum, CultureInfo.InvariantCulture);
                }
            }

            return Task.CompletedTask;
        });
        options.AddOperationTransformer((operation, context, _) =>
        {
            DescribeOperation(operation, context.Description.ActionDescriptor.EndpointMetadata, context.Description.HttpMethod, context.Document!);
            return Task.CompletedTask;
        });
        options.AddDocumentTransformer((document, _, _) =>
        {
            DescribeDocument(document, module);
            return Task.CompletedTask;
        });
    }

    private static void DescribeProblem(OpenApiSchema schema)
    {
        schema.Description = "A refusal. `code` is stable and tells one refusal from another; the rest is for people.";
        schema.Properties ??= new Dictionary<string, IOpenApiSchema>();
        schema.Properties["code"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Stable, in kebab-case: see docs/errors.md" };
        schema.Properties["trace_id"] = new OpenApiSchema { Type = JsonSchemaType.String, Description = "Names the request in the logs" };
        schema.Required = new HashSet<string> { "code" };
        // Some refusals say more: the first time of a scan, the limit.
        schema.AdditionalPropertiesAllowed = true;
        schema.AdditionalProperties = new OpenApiSchema();
    }

    private static void DescribeOperation(OpenApiOperation operation, IList<object> metadata, string? method, OpenApiDocument document)
    {
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [new() { [new OpenApiSecuritySchemeReference(Bearer, document)] = [] }];
        }

        if (method is not ("GET" or "HEAD") && metadata.OfType<StoredAnswers>().LastOrDefault()?.Middleware is not null)
        {
            operation.Parameters ??= [];
            operation.Parameters.Add(IdempotencyKey());
        }

        UndoGuesses(operation, method);
        operation.Responses ??= [];
        foreach (var form in metadata.OfType<OtherForm>())
        {
            operation.Responses["200"].Content![form.ContentType] = form.Describe();
        }

        operation.Responses["default"] = new OpenApiResponse
        {
            Description = "Refused, or failed",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new OpenApiMediaType { Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document) },
            },
        };
    }

    // The generator of routes takes a list in the query for one that has to be there, or for a body.
    private static void UndoGuesses(OpenApiOperation operation, string? method)
    {
        if (method is "GET" or "HEAD")
        {
            operation.RequestBody = null;
        }

        foreach (var list in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            list.Required &= list is not { In: ParameterLocation.Query, Schema.Type: JsonSchemaType.Array };
        }
    }

    private static OpenApiParameter IdempotencyKey() => new()
    {
        Name = "Idempotency-Key",
        In = ParameterLocation.Header,
        Description = "Makes the request happen once: sent again with the same key and body it gets the first answer.",
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = 255 },
    };

    private static void DescribeDocument(OpenApiDocument document, string module)
    {
        document.Info = new() { Title = $"Portico {CultureInfo.InvariantCulture.TextInfo.ToTitleCase(module)}", Version = Version };
        document.Servers = null;
        document.Components ??= new();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Bearer] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT" },
        };
        document.Components.Schemas = Sorted(document.Components.Schemas);
        var paths = document.Paths.OrderBy(path => path.Key, StringComparer.Ordinal).ToList();
        document.Paths = [];
        paths.ForEach(path => document.Paths.Add(path.Key, path.Value));
    }

    private static Dictionary<string, T>? Sorted<T>(IDictionary<string, T>? entries) =>
        entries?.OrderBy(entry => entry.Key, StringComparer.Ordinal).ToDictionary(entry => entry.Key, entry => entry.Value);
}
