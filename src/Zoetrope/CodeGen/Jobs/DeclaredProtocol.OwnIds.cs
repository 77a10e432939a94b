using System.Net;
using System.Text;
using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.CodeGen.Jobs;

/// <content>Jobs that are found by the caller's own ids.</content>
public abstract partial class DeclaredProtocol
{
    /// <summary>Asks for the status of the job with an own id, in place of the provider's, of a provider whose declaration has <c>ownId</c>.</summary>
    /// <inheritdoc cref="Providers.IOwnIds.FindByOwnIdAsync"/>
    public async Task<JobHandle?> FindByOwnIdAsync(string endpointId, string ownId, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(endpointId);
        ArgumentException.ThrowIfNullOrWhiteSpace(ownId);
        var asked = new JobHandle(Provider, endpointId, ownId);
        var address = new Uri(Root + StatusPath(asked));
        var request = StatusBody(asked) is { } json
            ? Request(HttpMethod.Post, address, Encoding.UTF8.GetBytes(json), mayRepeat: true)
            : Request(HttpMethod.Get, address);
        try
        {
            var response = await Transport.SendAsync(request, cancellationToken).ConfigureAwait(false);
            var job = default(JobFields);
            ReadFields(response.RequireJson(), ref job, StatusFields);
            if (!string.IsNullOrWhiteSpace(job.Id))
                return new JobHandle(Provider, endpointId, job.Id);
            // Some report everything in responses of success.
            return IsError(isSubmit: false, job) ? null : throw response.Malformed("The response is not the status of a job");
        }
        catch (ServiceException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }
}
