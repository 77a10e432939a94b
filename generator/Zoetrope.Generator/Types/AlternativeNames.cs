using Zoetrope.Generator.Naming;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>The names of a union's objects that have none in the document: by the value of a member, by their titles, by a member that no other has.</summary>
internal static class AlternativeNames
{
    /// <summary>The names of the alternatives; null for each that is not an object or that nothing distinguishes from the others.</summary>
    /// <param name="union">The union.</param>
    /// <param name="name">The name of its property.</param>
    /// <param name="resolve">Follows references.</param>
    public static IReadOnlyList<string?> Of(Schema union, string name, Func<Schema, Schema> resolve) => union.AnyOf.Count == 0
        ? []
        : Of(union.AnyOf.Select(resolve).ToList(), resolve(union).Discriminator?.Property, name, resolve);

    /// <summary>The same for alternatives with their references followed.</summary>
    public static IReadOnlyList<string?> Of(IReadOnlyList<Schema> alternatives, string? stated, string name, Func<Schema, Schema> resolve)
    {
        var names = new string?[alternatives.Count];
        var places = Enumerable.Range(0, alternatives.Count).Where(place => alternatives[place].NonNullTypes == SchemaTypes.Object).ToList();
        if (places.Count < 2)
            return names;
        var objects = places.ConvertAll(place => alternatives[place]);
        var values = UnionDiscrimination.DiscriminatorValues(objects, stated, resolve);
        var made = objects
            .Select((one, i) => values[i] is { } value ? Words(value, name) : ByTitle(one, objects, name) ?? ByValue(one, objects, name, resolve))
            .ToList();
        for (var i = 0; i < places.Count; i++)
            names[places[i]] = made[i] is { } own && made.Count(other => string.Equals(other, own, StringComparison.OrdinalIgnoreCase)) == 1 ? own : null;
        return names;
    }

    /// <summary>A title that is this object's alone, and is not the property's name in words.</summary>
    private static string? ByTitle(Schema schema, List<Schema> objects, string name)
    {
        if (schema.Title is not { } title || objects.Count(other => other.Title == title) > 1)
            return null;
        var words = Identifiers.Pascal(Identifiers.Words(title));
        if (words.Length == 0 || char.IsDigit(words[0]) || words.Equals(name, StringComparison.OrdinalIgnoreCase))
            return null;
        return words.EndsWith(name, StringComparison.OrdinalIgnoreCase) || Identifiers.Words(title).Count > 1 ? words : words + name;
    }

    /// <summary>The only value of a member that no other object has too, else a member that no other has, led by a value that some share.</summary>
    private static string? ByValue(Schema schema, List<Schema> objects, string name, Func<Schema, Schema> resolve)
    {
        string? shared = null;
        foreach (var property in schema.Properties)
        {
            if (ValueOf(schema, property.Name, resolve) is not { } value || Words(value, name) is not { } words)
                continue;
            if (objects.Count(other => ValueOf(other, property.Name, resolve) == value) == 1)
                return words;
            shared ??= value;
        }
        var own = schema.Properties.OrderByDescending(property => property.Required)
            .FirstOrDefault(property => objects.All(other => ReferenceEquals(other, schema) || other.Properties.All(known => known.Name != property.Name)));
        return own is null ? null : Words((shared is null ? "" : shared + " ") + own.Name, name);
    }

    private static string? ValueOf(Schema schema, string member, Func<Schema, Schema> resolve) =>
        schema.Properties.FirstOrDefault(property => property.Name == member) is { } property
            && resolve(property.Schema).Enum is { Count: 1 } values
            && values[0].Kind == JsonKind.String ? values[0].Text : null;

    private static string? Words(string value, string name)
    {
        var words = Identifiers.Pascal(Identifiers.Words(value));
        return words.Length == 0 || char.IsDigit(words[0]) ? null : words + name;
    }
}
