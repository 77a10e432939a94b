using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Types;

/// <summary>
/// Finds how objects of several types are distinguished: by a member whose values are different in each, else by the members that each requires.
/// </summary>
internal static class UnionDiscrimination
{
    /// <summary>
    /// The order in which the objects are to be tried, and what each must have; null where they are ambiguous. An object that requires what another does
    /// not know is tried before it.
    /// </summary>
    /// <param name="objects">The schemas, references followed.</param>
    /// <param name="stated">The discriminator that the document names, or null.</param>
    /// <param name="resolve">Follows a reference.</param>
    public static UnionOrder? Find(IReadOnlyList<Schema> objects, string? stated, Func<Schema, Schema> resolve)
    {
        if (objects.Count == 1)
            return new([new(0, default)]);
        return ByValue(objects, stated, resolve) ?? (ByRequired(objects, Enumerable.Range(0, objects.Count)) is { } order ? new(order) : null);
    }

    /// <summary>
    /// The one value that distinguishes each object from the others; null for an object that has several, and for all where no value distinguishes them.
    /// </summary>
    /// <inheritdoc cref="Find"/>
    public static IReadOnlyList<string?> DiscriminatorValues(IReadOnlyList<Schema> objects, string? stated, Func<Schema, Schema> resolve)
    {
        if (objects.Count < 2 || ByValue(objects, stated, resolve) is not { } chosen)
            return new string?[objects.Count];
        return chosen.Tries.Take(objects.Count)
            .Select(one => one.Matches[0].Values is { Count: 1 } values && values[0].Kind == JsonKind.String ? values[0].Text : null).ToList();
    }

    private static UnionOrder? ByValue(IReadOnlyList<Schema> objects, string? stated, Func<Schema, Schema> resolve)
    {
        foreach (var candidate in objects[0].Properties.OrderBy(property => property.Name == stated ? 0 : 1))
        {
            var values = objects.Select(one => ValuesOf(one, candidate.Name, resolve)).ToList();
            if (!JsonStrings.IsWellFormed(candidate.Name) || values.Any(one => one.Count == 0))
                continue;
            if (values.SelectMany(one => one).Distinct().Count() == values.Sum(one => one.Count))
                return ByValue(objects, candidate.Name, values, resolve);
        }
        return null;
    }

    /// <summary>
    /// Objects of which the document does not require the discriminator may come without it: then the only one that may is meant, or
    /// what else they require distinguishes them. Where that does not either, such an object stays raw and valid.
    /// </summary>
    private static UnionOrder ByValue(IReadOnlyList<Schema> objects, string member, List<List<JsonLiteral>> values, Func<Schema, Schema> resolve)
    {
        var tries = values.Select((one, i) => new UnionTry(i, new([new(member, one.ToEquatableArray())]))).ToList();
        var without = Enumerable.Range(0, objects.Count).Where(i => !objects[i].Properties.First(property => property.Name == member).Required).ToList();
        if (without.Count == 1)
            return new([.. tries, new(without[0], new([Absent(without[0])]))]);
        if (without.Count == 0)
            return new(tries);
        if (ByRequired(objects, without) is not { } order)
            return new(tries, OpenWithout: without.Select(Absent).OrderBy(test => test.OrNull ? 0 : 1).First());
        var others = order[order.Count - 1].Matches.Count == 0 ? order : order.Concat(Partly(objects, order));
        return new([.. tries, .. others.Select(one => one with { Matches = one.Matches.Prepend(Absent(one.Index)).ToEquatableArray() })]);

        // Null says no more than nothing, where it is valid.
        DiscriminatorMatch Absent(int index) => new(
            member, default, IsAbsent: true, OrNull: Schemas.IsNullable(objects[index].Properties.First(property => property.Name == member).Schema, resolve));
    }

    /// <summary>
    /// What lacks some of the required members is meant for the object of which it has one that no other knows: so its validator can say what is missing.
    /// </summary>
    private static IEnumerable<UnionTry> Partly(IReadOnlyList<Schema> objects, List<UnionTry> order) => order.SelectMany(one => one.Matches
        .Where(test => order.All(other => other == one || objects[other.Index].Properties.All(known => known.Name != test.Name)))
        .Select(test => one with { Matches = new([test]) }));

    /// <summary>The only values that a member may have, each once and in one spelling; none where it may have others.</summary>
    private static List<JsonLiteral> ValuesOf(Schema schema, string member, Func<Schema, Schema> resolve)
    {
        var property = schema.Properties.FirstOrDefault(one => one.Name == member);
        if (property is null)
            return [];
        // The siblings of a reference are narrower than its target.
        var values = property.Schema.Enum.Count > 0 ? property.Schema.Enum : resolve(property.Schema).Enum;
        var plain = values.Select(Plain).ToList();
        return plain.Contains(null) ? [] : plain.OfType<JsonLiteral>().Distinct().ToList();
    }

    /// <summary>A value without its spelling; null where it is none that JSON can be asked for.</summary>
    private static JsonLiteral? Plain(JsonLiteral value)
    {
        switch (value.Kind)
        {
            case JsonKind.String:
                return JsonStrings.IsWellFormed(value.Text) ? new(JsonKind.String, "", value.Text) : null;
            case JsonKind.Number:
                return (Numbers.WholeValue(value.Text) ?? Numbers.Double(value.Text)) is { } digits ? new(JsonKind.Number, "", digits) : null;
            default:
                return value.Kind == JsonKind.Boolean ? value : null;
        }
    }

    private static List<UnionTry>? ByRequired(IReadOnlyList<Schema> objects, IEnumerable<int> among)
    {
        var left = among.ToList();
        var order = new List<UnionTry>();
        while (left.Count > 0)
        {
            var next = left.FindIndex(one => left.All(other => other == one || HasOwn(objects[one], objects[other])));
            if (next < 0)
                return null;
            var required = objects[left[next]].Properties.Where(property => property.Required && JsonStrings.IsWellFormed(property.Name));
            order.Add(new(left[next], required.Select(property => new DiscriminatorMatch(property.Name, default)).ToEquatableArray()));
            left.RemoveAt(next);
        }
        return order;
    }

    private static bool HasOwn(Schema schema, Schema other) =>
        schema.Properties.Any(
            property => property.Required && JsonStrings.IsWellFormed(property.Name) && other.Properties.All(known => known.Name != property.Name));
}

/// <summary>How the objects of a union are distinguished.</summary>
/// <param name="Tries">What they are tried for, in this order; an object may be tried twice.</param>
/// <param name="OpenWithout">The member without which an object may be several of them, or null.</param>
internal sealed record UnionOrder(List<UnionTry> Tries, DiscriminatorMatch? OpenWithout = null);

/// <summary>What an object must have to be taken for one of a union's.</summary>
/// <param name="Index">Which one.</param>
/// <param name="Matches">What it must have; nothing where it is the only one.</param>
internal sealed record UnionTry(int Index, EquatableArray<DiscriminatorMatch> Matches);
