using Zoetrope.Protocol;

namespace Zoetrope;

/// <summary>What all jobs of one client share.</summary>
internal sealed class JobServices(JobProtocol protocol, MediaClientOptions options)
{
    public JobProtocol Protocol { get; } = protocol;

    public MediaClientOptions Options { get; } = options;

    public TimeProvider Time => Options.TimeProvider;
}
