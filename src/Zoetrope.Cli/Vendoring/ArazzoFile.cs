using YamlDotNet.Core;
using Zoetrope.Cli.Input;
using Zoetrope.Specs.Jobs.Proposals;

namespace Zoetrope.Cli.Vendoring;

/// <summary>An Arazzo description that a user names.</summary>
internal static class ArazzoFile
{
    /// <summary>Reads a description, and converts YAML to JSON.</summary>
    /// <param name="source">The file, or <c>-</c>.</param>
    /// <param name="option">The option that names it, for messages.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="UsageException">It is not an Arazzo description.</exception>
    public static async Task<string> ReadAsync(string source, string option, CancellationToken cancellationToken)
    {
        var text = SpecText.Decode(await InputFile.ReadAsync(source, option, cancellationToken));
        try
        {
            var json = text.AsSpan().TrimStart() is ['{', ..] ? text : YamlJson.Convert(text);
            if (JobsProposer.IsArazzo(json))
                return json;
        }
        catch (YamlException exception)
        {
            throw new UsageException($"{option}: {InputFile.Describe(source)} is not valid YAML: {exception.Message}");
        }
        throw new UsageException($"{option}: {InputFile.Describe(source)} is not an Arazzo description: 'arazzo' must be a version such as 1.0.1");
    }
}
