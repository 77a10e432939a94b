using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>Puts together what several schemas say about the same value.</summary>
/// <param name="schemas">What reads the schemas that references lead to.</param>
/// <param name="problems">Where problems go.</param>
internal sealed class SchemaMerge(SchemaReader schemas, List<SpecProblem> problems)
{
    private const SchemaTypes ValueTypes = ~SchemaTypes.Null;

    // Schemas that hold each other, member by member, are pairs of pairs without end; hostile documents make them on purpose.
    private const int MaxDepth = 32;
    private const int MostMembers = 10_000;

    private readonly Dictionary<(string, string), Schema?> _pairs = [];
    private int _depth;
    private int _members;

    /// <summary>
    /// Lays annotations that are siblings of a reference, or around a single alternative, over what this leads to: the nearer word counts, and it may add
    /// null.
    /// </summary>
    public static Schema Overlay(Schema inner, Schema own)
    {
        var merged = Fill(own, inner);
        // Beside a reference a type says nothing new, and nobody needs both.
        var types = inner.Ref is not null || inner.AnyOf.Count > 0 ? inner.Types : Intersect(inner.Types, own.Types) ?? inner.Types;
        return merged with { Types = types | ((inner.Types | own.Types) & SchemaTypes.Null) };
    }

    /// <summary>What both schemas together allow (<c>allOf</c>): the stricter of each limit. Of words and defaults the later ones count.</summary>
    /// <param name="first">The one.</param>
    /// <param name="second">The other, which is later or nearer.</param>
    /// <param name="place">What combines them.</param>
    public Schema Combine(Schema first, Schema second, JsonNode place)
    {
        if (second.IsAnnotationOnly() || (first.Ref is not null && first.Ref == second.Ref))
            return Overlay(first, second);
        if (first.IsAnnotationOnly())
            return Overlay(first, second);
        if (first.Ref is { } one && second.Ref is { } other)
            return CombinePair((one, other), first, second, place);
        return CombineWholes(first, second, place);
    }

    /// <summary>Two named schemas are combined once, however often they meet; where they meet inside themselves, the later one counts there.</summary>
    private Schema CombinePair((string, string) pair, Schema first, Schema second, JsonNode place)
    {
        if (_pairs.TryGetValue(pair, out var known))
            return known ?? Refuse(second, place);
        _pairs.Add(pair, null);
        var combined = CombineWholes(first, second, place);
        _pairs[pair] = combined;
        return combined;
    }

    private Schema CombineWholes(Schema first, Schema second, JsonNode place)
    {
        if (_depth == MaxDepth || !schemas.TryInline(first, place, out var one) || !schemas.TryInline(second, place, out var other))
            return Refuse(second.Ref is null && first.Ref is not null ? first : second, place);
        _depth++;
        var merged = Join(one, other, place);
        _depth--;
        return merged;
    }

    private Schema Refuse(Schema kept, JsonNode place)
    {
        problems.Add(Problems.UnsupportedKeyword.At(place.NameRange.Start, 1, "allOf"));
        return kept;
    }

    private Schema Join(Schema first, Schema second, JsonNode place)
    {
        var types = Intersect(first.Types, second.Types);
        if (types is null)
            problems.Add(Problems.Contradiction.At(place.Range, "type", "the value stays raw JSON"));
        if (first.AnyOf.Count > 0 && second.AnyOf.Count > 0)
            problems.Add(Problems.AlternativesIgnored.At(place.Range.Start, 1, "allOf"));
        var nullable = (IsOpen(first) || first.Nullable) && (IsOpen(second) || second.Nullable) && (first.Nullable || second.Nullable);
        var (minimum, above) = SchemaLimits.Stricter(first.Minimum, first.ExclusiveMinimum, second.Minimum, second.ExclusiveMinimum, isLower: true);
        var (maximum, below) = SchemaLimits.Stricter(first.Maximum, first.ExclusiveMaximum, second.Maximum, second.ExclusiveMaximum, isLower: false);
        if (!SchemaLimits.TryCommonMultiple(first.MultipleOf, second.MultipleOf, out var multiple))
            problems.Add(Problems.UnsupportedKeyword.At(place.NameRange.Start, 1, "multipleOf"));
        return Fill(second, first) with
        {
            Types = (types ?? SchemaTypes.Any) | (nullable ? SchemaTypes.Null : SchemaTypes.Any),
            Enum = Common(first.Enum, second.Enum, types ?? SchemaTypes.Any, place),
            MorePatterns = PatternsOf(first).Concat(PatternsOf(second)).Distinct(StringComparer.Ordinal)
                .Where(pattern => pattern != (second.Pattern ?? first.Pattern)).ToEquatableArray(),
            Minimum = minimum,
            ExclusiveMinimum = above,
            Maximum = maximum,
            ExclusiveMaximum = below,
            MultipleOf = multiple,
            MinLength = Greater(first.MinLength, second.MinLength),
            MaxLength = Less(first.MaxLength, second.MaxLength),
            MinItems = Greater(first.MinItems, second.MinItems),
            MaxItems = Less(first.MaxItems, second.MaxItems),
            Items = Both(first.Items, second.Items, place),
            AdditionalProperties = Both(first.AdditionalProperties, second.AdditionalProperties, place),
            Properties = Union(first.Properties, second.Properties, place),
        };
    }

    private static IEnumerable<string> PatternsOf(Schema schema) => schema.Pattern is { } pattern ? schema.MorePatterns.Prepend(pattern) : schema.MorePatterns;

    private static int? Greater(int? first, int? second) => first is { } one && second is { } other ? Math.Max(one, other) : first ?? second;

    private static int? Less(int? first, int? second) => first is { } one && second is { } other ? Math.Min(one, other) : first ?? second;

    /// <summary>
    /// The values that both name, of the types that are left. Where there is none, the later ones count: a schema that is made of another one often
    /// gives a member its own value.
    /// </summary>
    private EquatableArray<JsonLiteral> Common(EquatableArray<JsonLiteral> first, EquatableArray<JsonLiteral> second, SchemaTypes types, JsonNode place)
    {
        var common = first.Count == 0 ? second : second.Count == 0 ? first
            : second.Where(value => first.Any(other => SchemaValues.AreSame(value, other))).ToEquatableArray();
        if (common.Count == 0 && first.Count > 0)
        {
            problems.Add(Problems.Contradiction.At(place.Range, "value", "the last ones are used"));
            common = second;
        }
        return types == SchemaTypes.Any ? common : common.Where(value => SchemaValues.IsOf(value, types)).ToEquatableArray();
    }

    /// <summary>Whether a value can be of both.</summary>
    public static bool HaveTypeInCommon(Schema first, Schema second) => Intersect(first.Types, second.Types) is not null;

    private static bool IsOpen(Schema schema) => (schema.Types & ValueTypes) == SchemaTypes.Any;

    /// <summary>The types that both allow, without null; no value when there is none.</summary>
    private static SchemaTypes? Intersect(SchemaTypes left, SchemaTypes right)
    {
        left &= ValueTypes;
        right &= ValueTypes;
        if (left == SchemaTypes.Any || right == SchemaTypes.Any)
            return left | right;
        // Every whole number is a number.
        var both = left & right;
        if ((left & SchemaTypes.Number) != 0)
            both |= right & SchemaTypes.Integer;
        if ((right & SchemaTypes.Number) != 0)
            both |= left & SchemaTypes.Integer;
        return both == SchemaTypes.Any ? null : both;
    }

    /// <summary><paramref name="own"/>, with what it does not say taken from <paramref name="inner"/>.</summary>
    private static Schema Fill(Schema own, Schema inner) => own with
    {
        Pointer = own.Pointer.Length > 0 ? own.Pointer : inner.Pointer,
        Ref = own.Ref ?? inner.Ref,
        Title = own.Title ?? inner.Title,
        Description = own.Description ?? inner.Description,
        MoreDescription = Schema.MoreOf(own, inner),
        Format = own.Format ?? inner.Format,
        Content = own.Content ?? inner.Content,
        Pattern = own.Pattern ?? inner.Pattern,
        MorePatterns = own.MorePatterns.Count > 0 ? own.MorePatterns : inner.MorePatterns,
        Enum = own.Enum.Count > 0 ? own.Enum : inner.Enum,
        Labels = own.Labels.Count > 0 ? own.Labels : inner.Labels,
        Default = own.Default ?? inner.Default,
        Examples = own.Examples.Count > 0 ? own.Examples : inner.Examples,
        Minimum = own.Minimum ?? inner.Minimum,
        ExclusiveMinimum = own.Minimum is null ? inner.ExclusiveMinimum : own.ExclusiveMinimum,
        Maximum = own.Maximum ?? inner.Maximum,
        ExclusiveMaximum = own.Maximum is null ? inner.ExclusiveMaximum : own.ExclusiveMaximum,
        MultipleOf = own.MultipleOf ?? inner.MultipleOf,
        MinLength = own.MinLength ?? inner.MinLength,
        MaxLength = own.MaxLength ?? inner.MaxLength,
        MinItems = own.MinItems ?? inner.MinItems,
        MaxItems = own.MaxItems ?? inner.MaxItems,
        UniqueItems = own.UniqueItems || inner.UniqueItems,
        Items = own.Items ?? inner.Items,
        Properties = own.Properties.Count > 0 ? own.Properties : inner.Properties,
        AdditionalProperties = own.AdditionalProperties ?? inner.AdditionalProperties,
        Closed = own.Closed || inner.Closed,
        Rules = inner.Rules.Concat(own.Rules).Distinct().ToEquatableArray(),
        AnyOf = own.AnyOf.Count > 0 ? own.AnyOf : inner.AnyOf,
        Discriminator = own.AnyOf.Count > 0 ? own.Discriminator : inner.Discriminator,
        Deprecated = own.Deprecated ?? inner.Deprecated,
        DeprecationNote = own.DeprecationNote ?? inner.DeprecationNote,
        ReadOnly = own.ReadOnly || inner.ReadOnly,
        WriteOnly = own.WriteOnly || inner.WriteOnly,
        File = own.File ?? inner.File,
    };

    private EquatableArray<SchemaProperty> Union(EquatableArray<SchemaProperty> first, EquatableArray<SchemaProperty> second, JsonNode place)
    {
        if (first.Count == 0 || second.Count == 0)
            return first.Count == 0 ? second : first;
        var merged = new List<SchemaProperty>(first);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < merged.Count; i++)
            places[merged[i].Name] = i;
        foreach (var property in second)
        {
            if (!places.TryGetValue(property.Name, out var known))
                merged.Add(property);
            else
                merged[known] = new(property.Name, Both(merged[known].Schema, property.Schema, place)!, merged[known].Required || property.Required);
        }
        return merged.ToEquatableArray();
    }

    /// <summary>A member, or what a list or map holds, that both describe.</summary>
    private Schema? Both(Schema? first, Schema? second, JsonNode place)
    {
        if (first is null || second is null || second.IsRequirement())
            return first ?? second;
        if (first.IsRequirement())
            return second;
        return ++_members > MostMembers ? Refuse(second, place) : schemas.CombineInside(first, second, place);
    }
}
