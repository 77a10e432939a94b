using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Reads discriminators, and writes what they say into the alternatives: the discriminator gets the values that mean this alternative. Where unions give one
/// schema different values, its member stays open, and <see cref="DiscriminatorValues"/> has those of each union.
/// </summary>
internal sealed class DiscriminatorReader(ReferenceResolver references, List<SpecProblem> problems)
{
    private readonly Dictionary<string, HashSet<Discriminator>> _byName = new(StringComparer.Ordinal);

    /// <summary>Reads a discriminator; null when there is none that can be used.</summary>
    public Discriminator? Read(JsonNode node)
    {
        if (!node.Exists)
            return null;
        if (node["propertyName"].String is not { Length: > 0 } property)
        {
            problems.Add(Problems.BadDiscriminator.At(node.NameRange, "it has no 'propertyName'"));
            return null;
        }
        var mapping = new List<NamedText>();
        foreach (var item in node["mapping"])
        {
            if (item.String is { } target && NameOf(target, item) is { } name)
                mapping.Add(new(item.Name, name));
            else
                problems.Add(Problems.BadDiscriminator.At(item.Range, $"'{item.String ?? item.Raw}' is not a schema of this document"));
        }
        if (node["defaultMapping"] is { Exists: true } usual)
            problems.Add(Problems.NotGenerated.At(usual.NameRange, usual.Name));
        return new(property, mapping.ToEquatableArray());
    }

    /// <summary>Reports a discriminator of a schema that has no alternatives.</summary>
    public void ReportLone(JsonNode node, Schema own)
    {
        if (node.Exists && own.AnyOf.Count == 0 && Read(node) is { } lone)
            problems.Add(Problems.LoneDiscriminator.At(node.NameRange, lone.Property));
    }

    /// <summary>Keeps what a discriminator says about named alternatives, until these are read.</summary>
    public void Note(Discriminator discriminator, IEnumerable<Schema> alternatives)
    {
        foreach (var name in alternatives.Select(alternative => alternative.Ref).OfType<string>())
        {
            if (!_byName.TryGetValue(name, out var known))
                _byName.Add(name, known = []);
            known.Add(discriminator);
        }
    }

    /// <summary>Writes what was kept into named schemas.</summary>
    public NamedSchema Apply(NamedSchema named)
    {
        if (!_byName.TryGetValue(named.Name, out var discriminators))
            return named;
        var schema = named.Schema;
        foreach (var unions in discriminators.GroupBy(one => one.Property))
            schema = Apply([.. unions], named.Name, schema);
        return named with { Schema = schema };
    }

    /// <summary>Writes into an alternative which values mean it.</summary>
    /// <param name="discriminators">What the unions say that it is in, all of the same member.</param>
    /// <param name="name">The name of the alternative, or null where it has none.</param>
    /// <param name="schema">The alternative.</param>
    public Schema Apply(IReadOnlyList<Discriminator> discriminators, string? name, Schema schema)
    {
        if (name is null
            || schema.Ref is not null
            || schema.AnyOf.Count > 0
            || schema.NonNullTypes is not (SchemaTypes.Any or SchemaTypes.Object))
            return schema;
        var properties = schema.Properties.ToList();
        var index = properties.FindIndex(property => property.Name == discriminators[0].Property);
        if (index < 0)
        {
            index = 0;
            var added = new Schema { Pointer = schema.Pointer, Types = SchemaTypes.String, Description = "The kind of this object." };
            properties.Insert(0, new(discriminators[0].Property, added, Required: true));
        }
        properties[index] = Apply(discriminators, name, properties[index]);
        return schema with { Properties = properties.ToEquatableArray(), Types = schema.Types | SchemaTypes.Object };
    }

    /// <summary>
    /// A member of which the document says that it distinguishes the object from others must be there, unless the document gives it a value and does not
    /// require it: then that value is meant where it is left out. Where unions give it different values, none is meant by itself.
    /// </summary>
    private SchemaProperty Apply(IReadOnlyList<Discriminator> discriminators, string name, SchemaProperty property)
    {
        var member = property.Schema;
        var hasOwn = member.Enum.Count == 1 || member.Default is not null;
        var values = discriminators.Select(one => DiscriminatorValues.Of(one, name, member)).OfType<EquatableArray<JsonLiteral>>()
            .GroupBy(one => string.Join("\n", one.Select(value => value.Text).OrderBy(text => text, StringComparer.Ordinal)))
            .Select(same => same.First())
            .ToList();
        if (values.Count > 1 && member.Enum.Count == 0)
            problems.Add(Problems.UnsupportedKeyword.AtPointer(member.Pointer, "discriminator"));
        return property with
        {
            Required = property.Required || !hasOwn,
            IsDiscriminator = values.Count < 2,
            Schema = values.Count == 1 ? member with { Enum = values[0] } : member
        };
    }

    /// <summary>The name of a schema that a mapping gives by name or by reference; null when it is not there.</summary>
    private string? NameOf(string target, JsonNode item)
    {
        var isReference = target.IndexOf('#') >= 0 || target.IndexOf('/') >= 0;
        var found = isReference ? references.Find(target, item) : references.Find("#/components/schemas/" + JsonPointer.Escape(target));
        return found is { } place ? ReferenceResolver.NameOf(place.Pointer) : null;
    }
}
