using System.Net;
using Zoetrope.Clients;
using Zoetrope.Errors;
using Zoetrope.Json;

namespace Zoetrope.Jobs;

/// <summary>The job could not be asked to cancel. It may go on.</summary>
public sealed class CancelFailedException(JobHandle handle, JobStatus? lastStatus, Exception reason)
    : JobException($"The job could not be asked to cancel, and may go on. {reason.Message}", handle, lastStatus, reason);
