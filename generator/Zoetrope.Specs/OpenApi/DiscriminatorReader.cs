using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Reads discriminators, and writes what they say into the alternatives: the discriminator gets the values that mean this alternative, so that
/// nothing after the reader needs to know more than members and their values.
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
        return named with { Schema = discriminators.Aggregate(named.Schema, (schema, one) => Apply(one, named.Name, schema)) };
    }

    /// <summary>Writes into an alternative which values mean it.</summary>
    /// <param name="discriminator">What the union says.</param>
    /// <param name="name">The name of the alternative, or null where it has none.</param>
    /// <param name="schema">The alternative.</param>
    public static Schema Apply(Discriminator discriminator, string? name, Schema schema)
    {
        if (name is null
            || schema.Ref is not null
            || schema.AnyOf.Count > 0
            || schema.NonNullTypes is not (SchemaTypes.Any or SchemaTypes.Object))
            return schema;
        var mapped = discriminator.Mapping.Where(item => item.Text == name).Select(item => item.Name).ToList();
        var values = (mapped.Count > 0 ? mapped : [name.Substring(name.LastIndexOf('/') + 1)]).Select(JsonLiterals.String).ToEquatableArray();
        var properties = schema.Properties.ToList();
        var index = properties.FindIndex(property => property.Name == discriminator.Property);
        if (index < 0)
        {
            var added = new Schema { Pointer = schema.Pointer, Types = SchemaTypes.String, Enum = values, Description = "The kind of this object." };
            properties.Insert(0, new(discriminator.Property, added, Required: true, IsDiscriminator: true));
        }
        else
            properties[index] = Apply(properties[index], values, isStated: mapped.Count > 0);
        return schema with { Properties = properties.ToEquatableArray(), Types = schema.Types | SchemaTypes.Object };
    }

    /// <summary>
    /// A member of which the document says that it distinguishes the object from others must be there, unless the document gives it a value and does not
    /// require it: then that value is meant where it is left out.
    /// </summary>
    private static SchemaProperty Apply(SchemaProperty property, EquatableArray<JsonLiteral> values, bool isStated)
    {
        var member = property.Schema;
        var hasOwn = member.Enum.Count == 1 || member.Default is not null;
        if (Fits(member, values, isStated))
            member = member with { Enum = values };
        else if (AsNumbers(member, values) is { } numbers)
            member = member with { Enum = numbers };
        return property with { Required = property.Required || !hasOwn, IsDiscriminator = true, Schema = member };
    }

    /// <summary>The values of a member that is a number or a boolean; a mapping writes them as texts. Null where they are others.</summary>
    private static EquatableArray<JsonLiteral>? AsNumbers(Schema member, EquatableArray<JsonLiteral> values)
    {
        var types = member.NonNullTypes;
        if (types is not (SchemaTypes.Integer or SchemaTypes.Number or SchemaTypes.Boolean) || member.Enum.Count > 0 || member.Ref is not null)
            return null;
        var fitting = SchemaValues.Fit(new Schema { Types = types, Enum = values }, out _);
        return fitting.Types == types && fitting.Enum.Count == values.Count ? fitting.Enum : null;
    }

    /// <summary>Whether a member can have these values; its own values count before names that nobody stated.</summary>
    private static bool Fits(Schema member, EquatableArray<JsonLiteral> values, bool isStated)
    {
        if (member.NonNullTypes is not (SchemaTypes.Any or SchemaTypes.String) || member.AnyOf.Count > 0)
            return false;
        return member.Enum.Count > 0 ? values.All(value => member.Enum.Contains(value)) : isStated || member.Ref is null;
    }

    /// <summary>The name of a schema that a mapping gives by name or by reference; null when it is not there.</summary>
    private string? NameOf(string target, JsonNode item)
    {
        var isReference = target.IndexOf('#') >= 0 || target.IndexOf('/') >= 0;
        var found = isReference ? references.Find(target, item) : references.Find("#/components/schemas/" + JsonPointer.Escape(target));
        return found is { } place ? ReferenceResolver.NameOf(place.Pointer) : null;
    }
}
