using Zoetrope.Generator.Emit;
using static Zoetrope.Generator.Emit.WellKnownNames;

namespace Zoetrope.Generator.Operations;

/// <summary>How a response is spelled in generated code.</summary>
internal static class ResponseText
{
    /// <summary>The method of the client that calls the operation.</summary>
    /// <param name="response">The response.</param>
    /// <param name="owner">The prefix of the names of the operation's types.</param>
    public static string Call(BoundResponse response, string owner) => response.Kind switch
    {
        ResponseKind.Json => $"CallAsync<{TypeText.Parts(response.Type, owner)}>",
        ResponseKind.Maybe =>
            $"{(response.Type.IsValueType ? "CallOptionalValueAsync" : "CallOptionalAsync")}<{TypeText.Parts(response.Type, owner)}>",
        ResponseKind.Text => "CallTextAsync",
        ResponseKind.Stream => "CallStreamAsync",
        ResponseKind.Any => "CallAnyAsync",
        ResponseKind.Head => "CallHeadAsync",
        ResponseKind.Items => $"CallItemsAsync<{TypeText.Parts(response.Type, owner)}>",
        _ => "CallAsync",
    };

    /// <summary>What the operation's method returns.</summary>
    /// <param name="response">The response.</param>
    /// <param name="owner">The prefix of the names of the operation's types.</param>
    public static string ReturnType(BoundResponse response, string owner)
    {
        var type = TypeText.Clr(response.Type, owner);
        if (response.Kind == ResponseKind.Items)
            return $"global::System.Collections.Generic.IAsyncEnumerable<{type}>";
        var result = response.Kind switch
        {
            ResponseKind.Json => type,
            ResponseKind.Maybe => type + "?",
            ResponseKind.Text => "string",
            ResponseKind.Stream or ResponseKind.Any => StreamingResponse,
            ResponseKind.Head => ResponseHeaders,
            _ => null,
        };
        return "global::System.Threading.Tasks.Task" + (result is null ? "" : $"<{result}>");
    }
}
