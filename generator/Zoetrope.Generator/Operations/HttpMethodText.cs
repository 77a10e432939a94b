using Zoetrope.Generator.Emit;

namespace Zoetrope.Generator.Operations;

/// <summary>How the method of a request is spelled in generated code.</summary>
internal static class HttpMethodText
{
    private static readonly string[] Standard = ["Get", "Put", "Post", "Delete", "Options", "Head", "Patch", "Trace", "Query"];

    /// <summary>The expression.</summary>
    public static string Of(string method)
    {
        return IsStandard(method)
            ? $"global::System.Net.Http.HttpMethod.{NameOf(method)}"
            : $"new global::System.Net.Http.HttpMethod({Literals.String(method)})";
    }

    /// <summary>Whether .NET has a name for a method, and OpenAPI a member.</summary>
    public static bool IsStandard(string method) => Standard.Contains(NameOf(method));

    private static string NameOf(string method) => method.Length > 0 ? method.Substring(0, 1) + method.Substring(1).ToLowerInvariant() : "";
}
