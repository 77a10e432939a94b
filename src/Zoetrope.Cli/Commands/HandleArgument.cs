using System.CommandLine;
using Zoetrope.Cli.Models;
using Zoetrope.Jobs;

namespace Zoetrope.Cli.Commands;

/// <summary>The argument <c>HANDLE</c>: what <c>run</c> printed after the submit.</summary>
internal static class HandleArgument
{
    /// <summary>Creates the argument.</summary>
    public static Argument<string> Create() => new("HANDLE")
    {
        Description = "What `zoetrope run` printed as `handle:`, such as fal:fal-ai/some/model:764cabcf-...",
    };

    /// <summary>Reads a handle and finds its provider.</summary>
    /// <exception cref="UsageException">It is not a handle, or its provider is not supported.</exception>
    public static (JobHandle Handle, Provider Provider) Read(string text)
    {
        if (!JobHandle.TryParse(text, out var handle))
            throw new UsageException($"HANDLE: '{text}' is not a job handle; one looks like fal:fal-ai/some/model:764cabcf-cfcf-4cdd-8fd6-6c1c8a6f0e70");
        var provider = Provider.Find(handle.Provider)
            ?? throw new UsageException($"HANDLE: unknown provider '{handle.Provider}'; "
                + $"{string.Join(" and ", Provider.All.Select(known => known.Name))} are supported");
        return (handle, provider);
    }
}
