using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Operations.Inline;

/// <summary>
/// Numbers the shapes of schemas: two have one number where they take the same values and give the same code. Their location, what is said in words, and
/// examples make no difference, nor does whether null may be used for an object or an enum, which is a matter of its use.
/// </summary>
internal sealed class InlineShapes
{
    private readonly Dictionary<Shape, int> _numbers = [];
    private readonly Dictionary<Schema, int> _known = new(new ByReference<Schema>());
    private readonly List<int> _weights = [];

    /// <summary>The shape of a schema.</summary>
    public int Of(Schema schema)
    {
        if (_known.TryGetValue(schema, out var known))
            return known;
        var shape = new Shape(
            Own(schema),
            schema.Properties
                .Select(property => new Member(property.Name, property.Required, property.IsDiscriminator, Part(property.Schema)))
                .ToEquatableArray(),
            schema.Items is { } items ? Part(items) : default,
            schema.AdditionalProperties is { } members ? Part(members) : default,
            schema.AnyOf.Select(Part).ToEquatableArray());
        if (!_numbers.TryGetValue(shape, out var number))
        {
            _numbers.Add(shape, number = _numbers.Count);
            // Values cost less than members.
            _weights.Add(1
                + (schema.Enum.Count / 2)
                + Weight(shape.Items)
                + Weight(shape.Members)
                + shape.Properties.Sum(member => Weight(member.Part))
                + shape.Alternatives.Sum(Weight));
        }
        _known.Add(schema, number);
        return number;
    }

    /// <summary>How much code a shape is, in members.</summary>
    public int WeightOf(int shape) => _weights[shape];

    private int Weight(PartShape part) => part.Shape > 0 ? _weights[part.Shape - 1] : 0;

    // Zero means none.
    private PartShape Part(Schema schema) => new(Of(schema) + 1, InlineParts.HasOwnNull(schema) && schema.Nullable);

    private static Schema Own(Schema schema) => schema with
    {
        Pointer = "",
        Title = null,
        Description = null,
        Labels = schema.LabelsWithoutProse(),
        Examples = default,
        Content = null,
        Items = null,
        AdditionalProperties = null,
        AnyOf = default,
        Properties = default,
        Types = InlineParts.HasOwnNull(schema) ? schema.NonNullTypes : schema.Types,
        Rules = schema.Rules.Select(rule => rule with { Text = "", Pointer = "" }).ToEquatableArray(),
    };

    private sealed record Shape(Schema Own, EquatableArray<Member> Properties, PartShape Items, PartShape Members, EquatableArray<PartShape> Alternatives);

    private sealed record Member(string Name, bool Required, bool IsDiscriminator, PartShape Part);

    private readonly record struct PartShape(int Shape, bool Nullable);
}
