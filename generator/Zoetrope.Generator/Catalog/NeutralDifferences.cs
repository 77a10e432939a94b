using Zoetrope.Generator.Endpoints;
using Zoetrope.Generator.Text;
using Zoetrope.Generator.Types;
using Zoetrope.Specs.Model;

namespace Zoetrope.Generator.Catalog;

/// <summary>Something that the neutral request can hold and a provider does not take.</summary>
/// <param name="Provider">The provider.</param>
/// <param name="What">What it does not take, with the parameter's name.</param>
/// <param name="Short">The same without the name.</param>
internal sealed record NeutralDifference(string Provider, string What, string Short);

/// <summary>Finds what single providers do not take.</summary>
internal static class NeutralDifferences
{
    /// <summary>The differences in one parameter.</summary>
    public static List<NeutralDifference> Of(EquatableArray<BoundEndpoint> endpoints, string name, Constraints neutral)
    {
        var known = endpoints.SelectMany(endpoint => ValuesOf(endpoint, name)).Distinct(StringComparer.Ordinal).ToList();
        var differences = new List<NeutralDifference>();
        foreach (var endpoint in endpoints)
        {
            if (endpoint.Request.Find(name) is not { } property)
            {
                differences.Add(new(endpoint.Provider, "the parameter '" + name + "'", "this parameter"));
                continue;
            }
            foreach (var narrower in NeutralConstraints.Narrower(property.Constraints, neutral))
                differences.Add(new(endpoint.Provider, narrower + " in '" + name + "'", narrower));
            var own = ValuesOf(endpoint, name);
            var missing = own.Count == 0 || !property.Constraints.KnownValuesOnly ? [] : known.Except(own, StringComparer.Ordinal).ToList();
            if (missing.Count > 0)
                differences.Add(new(endpoint.Provider, List(missing) + " in '" + name + "'", List(missing)));
        }
        return differences;
    }

    /// <summary>The neutral parameter's text: what the best document says, its default, and what providers do not take.</summary>
    public static string Summary(BoundProperty property, List<NeutralDifference> differences)
    {
        var text = property.Description is { } description ? DocumentText.Shorten(description, 160) : "No document describes it.";
        if (text.Length > 0 && text[text.Length - 1] is not ('.' or '!' or '?' or '…'))
            text += ".";
        if (property.Default is { } value && value != "null")
            text += " Default: " + DocumentText.Shorten(value, 60) + ".";
        foreach (var difference in differences)
            text += " " + difference.Provider + " does not take " + difference.Short + ".";
        return text;
    }

    private static List<string> ValuesOf(BoundEndpoint endpoint, string name) =>
        endpoint.Request.Find(name) is { Type.Kind: TypeKind.Enum } property ? endpoint.Types.ValuesOf(property.Type).ToList() : [];

    private static string List(List<string> values) =>
        string.Join(", ", values.Take(8).Select(value => "'" + value + "'")) + (values.Count > 8 ? " and others" : "");
}
