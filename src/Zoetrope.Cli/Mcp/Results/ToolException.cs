using System.Text.Json;

namespace Zoetrope.Cli.Mcp.Results;

/// <summary>A call of a tool that is refused, or that failed in a way which its caller can do something about.</summary>
/// <param name="code">One word for programs, such as <c>invalid_input</c>.</param>
/// <param name="message">What is wrong and what helps, in words of this program: what others say belongs into a member of its own.</param>
/// <param name="more">Writes further members of the error; null where there are none.</param>
internal sealed class ToolException(string code, string message, Action<Utf8JsonWriter>? more = null) : Exception(message)
{
    /// <summary>The code.</summary>
    public string Code { get; } = code;

    /// <summary>Writes the further members.</summary>
    public void WriteMore(Utf8JsonWriter writer) => more?.Invoke(writer);

    /// <summary>One whose cause somebody else describes, in <c>detail</c>.</summary>
    public static ToolException With(string code, string message, string? detail) =>
        new(code, message, writer => DataJson.WriteText(writer, "detail", detail));
}
