using Zoetrope.Generator.Diagnostics;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Endpoints;

/// <summary>Merges the parameters (or the output members) of an OpenAPI document with those of a page, and reports where they contradict.</summary>
internal sealed class PropertyMerger(EndpointDocument openApi, EndpointDocument page, List<PlacedProblem> problems, bool isInput)
{
    /// <summary>Merges two objects, either of which may be missing.</summary>
    public Schema? Merge(Schema? types, Schema? prose)
    {
        if (types is null || prose is null)
            return types ?? prose;
        var inPage = new HashSet<string>(StringComparer.Ordinal);
        var merged = new List<SchemaProperty>();
        foreach (var property in types.Properties)
        {
            if (Find(prose, property.Name) is { } other)
            {
                inPage.Add(property.Name);
                merged.Add(Merge(property, other));
                continue;
            }
            merged.Add(property);
            // Only a page that lists members at all can leave one out.
            if (isInput && property.Required && prose.Properties.Count > 0)
                Missing(property.Name, new(page.Path, JsonPointer.Append("/input", property.Name)), new(openApi.Path, property.Schema.Pointer));
        }
        foreach (var property in prose.Properties)
        {
            if (inPage.Contains(property.Name))
                continue;
            // A schema without members is free; what the page lists is then all that is known.
            merged.Add(property);
            if (isInput && property.Required && types.Properties.Count > 0)
                Missing(property.Name, new(openApi.Path, types.Pointer + "/properties"), new(page.Path, property.Schema.Pointer));
        }
        return types with
        {
            Properties = merged.ToEquatableArray(),
            Types = types.Types == SchemaTypes.Any && merged.Count > 0 ? SchemaTypes.Object : types.Types,
            Description = prose.Description ?? types.Description,
        };
    }

    private SchemaProperty Merge(SchemaProperty types, SchemaProperty prose)
    {
        var (precise, documented) = (types.Schema, prose.Schema);
        if (isInput && types.Required != prose.Required)
            Report(GeneratorProblems.RequiredDiffers, types, prose, prose.Required ? "required" : "optional", types.Required ? "required" : "optional");
        CompareTypes(types, prose);
        var schema = precise with
        {
            Title = precise.Title ?? documented.Title,
            Description = documented.Description ?? precise.Description,
            DescriptionPointer = documented.Description is null ? null : documented.Pointer,
            Default = precise.Default ?? documented.Default,
            Examples = documented.Examples.Count > 0 ? documented.Examples : precise.Examples,
        };
        return new(types.Name, schema, types.Required);
    }

    private void CompareTypes(SchemaProperty types, SchemaProperty prose)
    {
        var precise = Resolve(types.Schema, openApi);
        var documented = Resolve(prose.Schema, page);
        if (precise is null || documented is null)
            return;
        var (preciseTypes, toldTypes) = (TypesOf(types.Schema, openApi), TypesOf(prose.Schema, page));
        if (preciseTypes != SchemaTypes.Any && toldTypes != SchemaTypes.Any && (preciseTypes & toldTypes) == 0)
        {
            Report(GeneratorProblems.TypeDiffers, types, prose, Describe(toldTypes), Describe(preciseTypes));
            return;
        }
        if (isInput)
            CompareEnums(types, prose, precise, documented);
        if ((types.Schema.Default ?? precise.Default) is { } preciseDefault
            && prose.Schema.Default is { Kind: not JsonKind.Null } toldDefault
            && !IsSame(preciseDefault, toldDefault))
            Report(GeneratorProblems.DefaultDiffers, types, prose, toldDefault.Json, preciseDefault.Json);
    }

    private void CompareEnums(SchemaProperty types, SchemaProperty prose, Schema precise, Schema documented)
    {
        if (precise.Enum.Count == 0 || documented.Enum.Count == 0)
            return;
        var onlyPrecise = precise.Enum.Where(value => !documented.Enum.Any(other => IsSame(value, other))).ToList();
        var onlyDocumented = documented.Enum.Where(value => !precise.Enum.Any(other => IsSame(value, other))).ToList();
        if (onlyPrecise.Count > 0 || onlyDocumented.Count > 0)
            Report(GeneratorProblems.EnumDiffers, types, prose, List(onlyDocumented), List(onlyPrecise));
    }

    private void Report(ProblemKind kind, SchemaProperty types, SchemaProperty prose, string here, string there) =>
        problems.Add(
            new(kind, new(page.Path, prose.Schema.Pointer), new(openApi.Path, types.Schema.Pointer), new EquatableArray<string>([types.Name, here, there])));

    private void Missing(string name, SpecLocation here, SpecLocation there) =>
        problems.Add(new(GeneratorProblems.RequiredMissing, here, there, new EquatableArray<string>([name])));

    /// <summary>Follows references; null when they lead to a type that the document does not describe.</summary>
    private static Schema? Resolve(Schema schema, EndpointDocument document) =>
        Schemas.Resolve(schema, name => document.Endpoint.Schemas.FirstOrDefault(item => item.Name == name)?.Schema) is { Ref: null } resolved
            ? resolved
            : null;

    /// <summary>All JSON types that a schema allows, whole numbers counted as numbers; <see cref="SchemaTypes.Any"/> when it does not say.</summary>
    private static SchemaTypes TypesOf(Schema schema, EndpointDocument document)
    {
        if (Resolve(schema, document) is not { } resolved)
            return SchemaTypes.Any;
        if (resolved.AnyOf.Count == 0)
            return Widen(resolved.Types);
        var all = SchemaTypes.Any;
        foreach (var alternative in resolved.AnyOf)
        {
            var types = Resolve(alternative, document) is { AnyOf.Count: 0 } one ? Widen(one.Types) : SchemaTypes.Any;
            if (types == SchemaTypes.Any)
                return SchemaTypes.Any;
            all |= types;
        }
        return all;
    }

    private static SchemaTypes Widen(SchemaTypes types)
    {
        types &= ~SchemaTypes.Null;
        return (types & SchemaTypes.Integer) != 0 ? types | SchemaTypes.Number : types;
    }

    private static string Describe(SchemaTypes types) => types == (SchemaTypes.Integer | SchemaTypes.Number) ? "integer" : types.ToString().ToLowerInvariant();

    private static bool IsSame(JsonLiteral one, JsonLiteral other) =>
        one.Kind == other.Kind && (one.Json == other.Json || (one.Kind == JsonKind.Number && Numbers.AreEqual(one.Text, other.Text)));

    private static string List(List<JsonLiteral> values) => values.Count switch
    {
        0 => "none",
        <= 8 => string.Join(", ", values.Select(value => value.Json)),
        _ => string.Join(", ", values.Take(7).Select(value => value.Json)) + ", …",
    };

    private static SchemaProperty? Find(Schema schema, string name) => schema.Properties.FirstOrDefault(property => property.Name == name);
}
