using ModelContextProtocol.Protocol;
using Zoetrope.Cli.Mcp.Results;
using Zoetrope.Cli.Mcp.Running;

namespace Zoetrope.Cli.Mcp.Tools;

/// <summary><c>upload_file</c>.</summary>
/// <param name="server">What tools share.</param>
internal sealed class UploadFileTool(JobServer server) : CliTool(
    "upload_file",
    "Upload a file",
    "Uploads a file of this machine to a provider, and returns the URL for inputs of its models. Only files below folders that were allowed when the server "
        + "was started; none by default. The same content is uploaded once a day.",
    """
    "path": { "type": "string", "description": "The path: absolute, or as seen from an allowed folder." },
    "provider": { "type": "string", "description": "The provider that runs the model." }
    """,
    ["path", "provider"],
    """
    "url": { "type": "string", "description": "What inputs of the provider's models refer to the file by." },
    "provider": { "type": "string" },
    "expires_at": { "type": "string" }
    """,
    new ToolAnnotations { ReadOnlyHint = false, DestructiveHint = false, IdempotentHint = true, OpenWorldHint = true })
{
    protected override async Task<CallToolResult> RunAsync(ToolArguments arguments, Func<string, Task> report, CancellationToken cancellationToken)
    {
        var path = server.Folders.Find(arguments.Require("path"));
        var provider = arguments.Require("provider");
        if (server.FindClient(provider) is null)
        {
            throw new ToolException(
                "no_key", $"No key is set for that provider; keys are set for {string.Join(", ", server.Clients.Select(one => one.Provider))}.");
        }
        var upload = await server.Ledger.UploadAsync(provider, path, cancellationToken: cancellationToken);
        server.Add(upload);
        return ToolResults.Of(writer =>
        {
            writer.WriteString("url", upload.Reference);
            writer.WriteString("provider", upload.Provider);
            if (upload.ExpiresAt is { } expires)
                writer.WriteString("expires_at", expires);
        });
    }
}
