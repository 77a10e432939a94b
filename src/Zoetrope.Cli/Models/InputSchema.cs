using System.Text.Json;
using System.Text.Json.Nodes;
using Zoetrope.Cli.Output;
using Zoetrope.Extensions.AI.Tools;
using Zoetrope.Generator.Tooling.Requests;
using Zoetrope.Json;
using Zoetrope.Models;
using Zoetrope.Validation;

namespace Zoetrope.Cli.Models;

/// <summary>
/// The input of a model: its JSON Schema, and an example. Parameters are described by the model and its validator, and what objects within them have by its
/// document, from which the playground's forms are made, too.
/// </summary>
internal static class InputSchema
{
    /// <summary>Writes <c>properties</c>, <c>required</c> and <c>additionalProperties</c>.</summary>
    public static void WriteMembers(Utf8JsonWriter writer, ModelTarget target)
    {
        writer.WriteStartObject("properties");
        foreach (var parameter in target.Parameters ?? [])
        {
            writer.WritePropertyName(parameter.Name);
            Write(writer, target, parameter);
        }
        writer.WriteEndObject();
        writer.WriteStrings("required", (target.Parameters ?? []).Where(parameter => parameter.Required).Select(parameter => parameter.Name));
        // An endpoint without a document takes anything.
        writer.WriteBoolean("additionalProperties", target.Parameters is null);
    }

    /// <summary>Writes the schema of a parameter.</summary>
    public static void Write(Utf8JsonWriter writer, ModelTarget target, ParameterInfo parameter) =>
        ParameterSchema.Write(writer, ValidatorOf(target), parameter, members =>
        {
            if (FormOf(target, target.Providers[0])?.Fields.FirstOrDefault(field => field.Name == parameter.Name) is { } field)
                FieldSchema.WriteMembers(members, field.Kind == FieldKind.List ? field.Item! : field);
        });

    /// <summary>
    /// An input that is valid: the example that the documents of the first provider make, whose example is one; null where there is none. Of a neutral model it
    /// has those members that the model has.
    /// </summary>
    public static RawJson? Example(ModelTarget target)
    {
        var names = (target.Parameters ?? []).Select(parameter => parameter.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var provider in target.Providers)
        {
            if (FormOf(target, provider)?.Example is not { } json || JsonNode.Parse(json) is not JsonObject members)
                continue;
            foreach (var name in members.Select(member => member.Key).Where(name => !names.Contains(name)).ToList())
                members.Remove(name);
            var example = RawJson.Parse(members.ToJsonString());
            if (ValidatorOf(target)(example).IsValid)
                return example;
        }
        return null;
    }

    /// <summary>What validates an input, at the first provider of a neutral model.</summary>
    public static Func<RawJson, ValidationResult> ValidatorOf(ModelTarget target) => target switch
    {
        { Neutral: { } neutral } => input => neutral.Validate(target.Providers[0].Name, input),
        _ => ModelTarget.FindEndpoint(target.Providers[0], target.Name)!.Endpoint.Validate,
    };

    private static RequestForm? FormOf(ModelTarget target, Provider provider) =>
        RequestForms.Find(provider.Name, target.Neutral?.EndpointId(provider.Name) ?? target.Name);
}
