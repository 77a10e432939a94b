using Zoetrope.Specs.Diagnostics;
using Zoetrope.Specs.Json;
using Zoetrope.Specs.Model;

namespace Zoetrope.Specs.OpenApi;

/// <summary>
/// Reads parameters that are the whole query (<c>querystring</c> of OpenAPI 3.2). One that is a form is as many parameters as it has members: that is how they
/// are sent. Other media types are reported.
/// </summary>
internal sealed class QueryStringReader(ReferenceResolver references, SchemaReader schemas, List<SpecProblem> problems)
{
    private const string Form = "application/x-www-form-urlencoded";

    /// <summary>The members of the form as parameters.</summary>
    public IEnumerable<OperationParameter> Read(JsonLocation place)
    {
        var content = place["content"];
        foreach (var item in content.Node.IsObject ? content.Node : default)
        {
            if (content.Node.Count == 1 && ContentReader.Normalize(item.Name) == Form && references.Follow(content.Property(item)) is { } media
                && references.Follow(media["schema"]) is { Node: { IsObject: true } schema } at && IsPlain(schema))
                return ReadMembers(place.Node, media.Node["encoding"], at);
        }
        problems.Add(Problems.NotGenerated.At(place.Node["in"].Range, $"parameter {place.Node["name"].String} in querystring"));
        return [];
    }

    /// <summary>Whether all that is known of an object are its members.</summary>
    private static bool IsPlain(JsonNode schema) => schema["properties"].Count > 0
        && !(schema["allOf"].Exists || schema["anyOf"].Exists || schema["oneOf"].Exists || schema["patternProperties"].Exists);

    private List<OperationParameter> ReadMembers(JsonNode parameter, JsonNode encodings, JsonLocation schema)
    {
        var required = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in parameter["required"].IsTrue ? schema.Node["required"] : default)
            required.Add(name.String ?? "");
        var members = new List<OperationParameter>();
        var properties = schema["properties"];
        foreach (var property in properties.Node)
        {
            var at = properties.Property(property);
            var encoding = encodings[property.Name];
            var style = StyleOf(encoding, at);
            members.Add(new()
            {
                Name = property.Name,
                Location = ParameterLocation.Query,
                Style = style,
                Explode = encoding["explode"].IsBoolean ? encoding["explode"].IsTrue : style == ParameterStyle.Form,
                AllowReserved = encoding["allowReserved"].IsTrue,
                Required = required.Contains(property.Name),
                Schema = schemas.Read(property, at.Pointer),
            });
        }
        return members;
    }

    /// <summary>How a member is written: what is not said of an object is JSON.</summary>
    private ParameterStyle StyleOf(JsonNode encoding, JsonLocation member)
    {
        if (encoding["style"] is { Exists: true } stated)
        {
            if (ParameterReader.StyleNamed(stated.String, ParameterLocation.Query) is { } style)
                return style;
            problems.Add(Problems.UnfitStyle.At(stated.Range, encoding.Name, stated.String ?? stated.Raw, "form"));
            return ParameterStyle.Form;
        }
        if (encoding["explode"].Exists || encoding["allowReserved"].Exists)
            return ParameterStyle.Form;
        if (encoding["contentType"].String is { } type)
            return ContentReader.IsJson(ContentReader.Normalize(type)) ? ParameterStyle.Json : ParameterStyle.Form;
        var isObject = references.Follow(member) is { } found && (found.Node["type"].String == "object" || found.Node["properties"].Exists);
        return isObject ? ParameterStyle.Json : ParameterStyle.Form;
    }
}
