using System.Text.Json;
using ModelContextProtocol.Protocol;
using Zoetrope.Cli.Output;

namespace Zoetrope.Cli.Mcp.Results;

/// <summary>Makes results of tools: structured content, and the same as text for clients that do not read it.</summary>
internal static class ToolResults
{
    /// <summary>An object whose members <paramref name="write"/> writes.</summary>
    public static CallToolResult Of(Action<Utf8JsonWriter> write, bool isError = false)
    {
        var json = JsonOutput.Make(writer =>
        {
            writer.WriteStartObject();
            write(writer);
            writer.WriteEndObject();
        });
        var reader = json.CreateReader();
        return new CallToolResult
        {
            Content = [new TextContentBlock { Text = JsonOutput.Line(json) }],
            StructuredContent = JsonElement.ParseValue(ref reader),
            IsError = isError,
        };
    }

    /// <summary>The error of an exception, in the member <c>error</c>.</summary>
    public static CallToolResult Error(ToolException exception) => Of(
        writer =>
        {
            writer.WriteStartObject("error");
            writer.WriteString("code", exception.Code);
            writer.WriteString("message", exception.Message);
            exception.WriteMore(writer);
            writer.WriteEndObject();
        },
        isError: true);
}
