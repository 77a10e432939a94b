using System.Net;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>Something about a job that exists: it carries what the job is found again by.</summary>
public interface IJobFailure
{
    /// <summary>What the job is found again by.</summary>
    JobHandle Handle { get; }

    /// <summary>The last status that was seen; null when none was.</summary>
    JobStatus? LastStatus { get; }
}
