using Zoetrope.Generator.Emit;

namespace Zoetrope.Generator.Operations;

/// <summary>A parameter of an operation's method.</summary>
/// <param name="Name">Its name, as C# writes it.</param>
/// <param name="Declaration">How it is declared.</param>
/// <param name="Summary">What it is.</param>
/// <param name="IsNeeded">Whether it must not be null.</param>
/// <param name="IsSent">Whether it is a part of the request.</param>
internal sealed record MethodArgument(string Name, string Declaration, string Summary, bool IsNeeded, bool IsSent = true)
{
    /// <summary>A method with its parameters: in a line, or where that is too long, one a line.</summary>
    public static string Signature(SourceWriter writer, string method, List<MethodArgument> arguments)
    {
        var declarations = arguments.ConvertAll(argument => argument.Declaration);
        var line = method + "(" + string.Join(", ", declarations) + ")";
        return writer.Fits(line) ? line : method + "(\n    " + string.Join(",\n    ", declarations) + ")";
    }
}
