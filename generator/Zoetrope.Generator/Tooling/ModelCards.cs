using Zoetrope.Generator.Emit;
using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Flows;
using Zoetrope.Generator.Pipeline;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Tooling;

/// <summary>Describes what is generated from documents. It needs no compiler.</summary>
public static class ModelCards
{
    /// <summary>The models of the documents, in the order of providers and ids.</summary>
    /// <param name="sources">The documents, in any order; the lock file among them.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<ModelCard> Of(IEnumerable<SpecSource> sources, CancellationToken cancellationToken = default)
    {
        var pipeline = SpecRun.Of(sources, cancellationToken).Pipeline;
        var merged = Flow.ValuesOf(pipeline.Endpoints.Merged.Values()).ToDictionary(endpoint => (endpoint.Provider, endpoint.Id));
        return [.. Flow.ValuesOf(pipeline.Endpoints.Bound.Values())
            .Where(endpoint => merged.ContainsKey((endpoint.Provider, endpoint.Id)))
            .OrderBy(endpoint => endpoint.Provider, StringComparer.Ordinal)
            .ThenBy(endpoint => endpoint.Id, StringComparer.Ordinal)
            .Select(endpoint => Of(endpoint, merged[(endpoint.Provider, endpoint.Id)]))];
    }

    private static ModelCard Of(BoundEndpoint endpoint, MergedEndpoint merged)
    {
        var source = EndpointEmitter.Emit(endpoint, EmitOptions.Everything);
        return new()
        {
            Provider = endpoint.Provider,
            Id = endpoint.Id,
            Name = endpoint.Name,
            Title = endpoint.Facts.Title,
            Description = endpoint.Facts.Description,
            Category = endpoint.Facts.Category,
            Status = endpoint.Facts.Status,
            Deprecation = endpoint.Facts.Deprecation,
            EstimatedSeconds = endpoint.Facts.EstimatedSeconds,
            Pricing = endpoint.Facts.Pricing,
            PriceRules = (merged.Description.Prices?.Rules ?? default).Select(rule => rule.Text).ToEquatableArray(),
            PageUrl = endpoint.Facts.PageUrl,
            Documents = new[] { merged.OpenApiPath, merged.PagePath }.OfType<string>().Distinct().ToEquatableArray(),
            Rules = endpoint.Request.Rules.Select(rule => TextOf(rule.Rule)).ToEquatableArray(),
            Types = endpoint.Types.Objects.Select(type => Of(type, endpoint.Types))
                .Concat(endpoint.Types.Unions.Select(Of))
                .Concat(endpoint.Types.Enums.Select(type => new CardType(
                    type.Name, "enum", default, type.Values.Select(value => value.Text).ToEquatableArray())))
                .ToEquatableArray(),
            FileName = source.HintName,
            Source = source.Text,
            Example = new ExampleRequests(merged, [.. endpoint.Request.Rules.Select(rule => rule.Rule)]).Make(),
        };
    }

    private static string TextOf(ParameterRule rule) =>
        (rule.IsAdvice ? "advice: " : "") + rule.Formula + (rule.Text.Length > 0 ? $" (\"{rule.Text}\")" : "");

    private static CardType Of(BoundObject type, BoundTypes types) =>
        new(type.Name, "class", type.Properties.Select(property => Of(property, types)).ToEquatableArray(), default);

    private static CardType Of(BoundUnion union) => new(
        union.Name, "union", union.Alternatives.Select(part => new CardMember(part.Name, "", Clr(part.Type), false)).ToEquatableArray(), default);

    private static CardMember Of(BoundProperty property, BoundTypes types) => new(
        property.Name, property.JsonName, Clr(property.Type) + (property.Required && !property.Nullable ? "" : "?"), property.Required)
    {
        Default = property.Default,
        Values = property.Type.Kind == TypeKind.Enum ? types.ValuesOf(property.Type).ToEquatableArray()
            : property.Constant is { } constant ? new EquatableArray<string>([constant]) : default,
        Deprecation = property.Deprecation,
        Limits = ConstraintTexts.Of(property),
        Description = property.Description,
    };

    private static string Clr(TypeRef type) => TypeText.Short(TypeText.Clr(type));
}
