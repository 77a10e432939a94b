using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>The values of a discriminator that mean an alternative.</summary>
public static class DiscriminatorValues
{
    /// <summary>An alternative as one union means it: with the values of the discriminator that this union gives it.</summary>
    /// <param name="discriminator">What the union says.</param>
    /// <param name="name">The name of the alternative.</param>
    /// <param name="alternative">The alternative.</param>
    public static Schema Narrow(Discriminator discriminator, string name, Schema alternative)
    {
        var properties = alternative.Properties.ToList();
        var index = properties.FindIndex(property => property.Name == discriminator.Property);
        if (index < 0 || Of(discriminator, name, properties[index].Schema) is not { } values)
            return alternative;
        properties[index] = properties[index] with { Schema = properties[index].Schema with { Enum = values } };
        return alternative with { Properties = properties.ToEquatableArray() };
    }

    /// <summary>The values, as the member has them; null where it cannot have them.</summary>
    internal static EquatableArray<JsonLiteral>? Of(Discriminator discriminator, string name, Schema member)
    {
        var mapped = discriminator.Mapping.Where(item => item.Text == name).Select(item => item.Name).ToList();
        var values = (mapped.Count > 0 ? mapped : [name.Substring(name.LastIndexOf('/') + 1)]).Select(JsonLiterals.String).ToEquatableArray();
        return Fits(member, values, isStated: mapped.Count > 0) ? values : AsNumbers(member, values);
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
}
