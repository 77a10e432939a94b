using Zoetrope.Specs.Json;

namespace Zoetrope.Specs;

/// <summary>Puts together what several schemas say about the same value.</summary>
internal static class SchemaMerge
{
    private const SchemaTypes ValueTypes = ~SchemaTypes.Null;

    /// <summary>Whether it allows nothing but <c>null</c>.</summary>
    public static bool IsNullOnly(this Schema schema) =>
        schema.Types == SchemaTypes.Null && schema.Ref is null && schema.AnyOf.Count == 0;

    /// <summary>Whether it says nothing besides its alternatives.</summary>
    public static bool IsPlainUnion(this Schema schema) =>
        schema.AnyOf.Count > 0 && schema == new Schema { Pointer = schema.Pointer, AnyOf = schema.AnyOf };

    /// <summary>Whether it says nothing about the value's form besides that it may be null.</summary>
    public static bool IsAnnotationOnly(this Schema schema) =>
        schema == new Schema
        {
            Pointer = schema.Pointer,
            Types = schema.Types & SchemaTypes.Null,
            Title = schema.Title,
            Description = schema.Description,
            Default = schema.Default,
            Examples = schema.Examples,
            Deprecated = schema.Deprecated,
            ReadOnly = schema.ReadOnly,
            WriteOnly = schema.WriteOnly,
            File = schema.File,
        };

    /// <summary>
    /// Lays what stands beside a reference, or around a single alternative, over what this leads to: the nearer word counts, and it may add
    /// null.
    /// </summary>
    public static Schema Overlay(Schema inner, Schema own)
    {
        var merged = Fill(own, inner);
        // Beside a reference a type says nothing new, and nobody needs both.
        var types = inner.Ref is not null || inner.AnyOf.Count > 0 ? inner.Types : Intersect(inner.Types, own.Types) ?? inner.Types;
        return merged with { Types = types | ((inner.Types | own.Types) & SchemaTypes.Null) };
    }

    /// <summary>What both schemas together allow (<c>allOf</c>).</summary>
    public static Schema Combine(Schema first, Schema second, List<SpecProblem> problems, TextRange place)
    {
        var merged = Fill(second, first);
        var types = Intersect(first.Types, second.Types);
        if (types is null)
            problems.Add(Problems.Contradiction.At(place));
        if (first.AnyOf.Count > 0 && second.AnyOf.Count > 0)
            problems.Add(Problems.AlternativesIgnored.At(place.Start, 1, "allOf"));
        var nullable = (IsOpen(first) || first.Nullable) && (IsOpen(second) || second.Nullable) && (first.Nullable || second.Nullable);
        return merged with { Types = (types ?? SchemaTypes.Any) | (nullable ? SchemaTypes.Null : SchemaTypes.Any) };
    }

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
        Format = own.Format ?? inner.Format,
        Pattern = own.Pattern ?? inner.Pattern,
        Enum = own.Enum.Count > 0 ? own.Enum : inner.Enum,
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
        Properties = Union(inner.Properties, own.Properties),
        AdditionalProperties = own.AdditionalProperties ?? inner.AdditionalProperties,
        Closed = own.Closed || inner.Closed,
        Rules = inner.Rules.Concat(own.Rules).Distinct().ToEquatableArray(),
        AnyOf = own.AnyOf.Count > 0 ? own.AnyOf : inner.AnyOf,
        Discriminator = own.AnyOf.Count > 0 ? own.Discriminator : inner.Discriminator,
        Deprecated = own.Deprecated || inner.Deprecated,
        ReadOnly = own.ReadOnly || inner.ReadOnly,
        WriteOnly = own.WriteOnly || inner.WriteOnly,
        File = own.File ?? inner.File,
    };

    private static EquatableArray<SchemaProperty> Union(EquatableArray<SchemaProperty> first, EquatableArray<SchemaProperty> second)
    {
        if (first.Count == 0 || second.Count == 0)
            return first.Count == 0 ? second : first;
        var merged = new List<SchemaProperty>(first);
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < merged.Count; i++)
            places[merged[i].Name] = i;
        foreach (var property in second)
        {
            if (places.TryGetValue(property.Name, out var place))
                merged[place] = new(property.Name, Both(merged[place].Schema, property.Schema), merged[place].Required || property.Required);
            else
                merged.Add(property);
        }
        return merged.ToEquatableArray();
    }

    /// <summary>A member that both describe: the later description counts, unless it only says that the member is required.</summary>
    private static Schema Both(Schema first, Schema second)
    {
        if (second.IsRequirement())
            return first;
        return first.IsRequirement() || second.Ref is not null || first.Ref is not null ? second : Overlay(first, second);
    }

    /// <summary>Whether it stands for a name in <c>required</c> that the same schema does not describe.</summary>
    private static bool IsRequirement(this Schema schema) =>
        schema == new Schema { Pointer = schema.Pointer } && JsonPointer.Steps(schema.Pointer) is { Length: > 1 } steps && steps[steps.Length - 2] == "required";
}
