using Zoetrope.Errors;
using Zoetrope.Jobs;

namespace Zoetrope.Providers;

/// <summary>
/// A protocol of a provider whose jobs are also known by an id of the caller's (<see cref="SubmitOptions.OwnId"/>): a job whose receipt was lost is found by
/// it.
/// </summary>
public interface IOwnIds
{
    /// <summary>Asks for the job that was submitted with an own id.</summary>
    /// <param name="endpointId">The id of the model.</param>
    /// <param name="ownId">The id.</param>
    /// <param name="cancellationToken">A token to cancel the request.</param>
    /// <returns>
    /// The job; null where the provider knows none with the id, which does not prove that it accepts none later: a submit may still be on its way.
    /// </returns>
    /// <exception cref="ServiceException">The provider responded with an error that says nothing about the job.</exception>
    /// <exception cref="TransportException">There was no usable response.</exception>
    Task<JobHandle?> FindByOwnIdAsync(string endpointId, string ownId, CancellationToken cancellationToken);
}
