using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;

namespace Zoetrope.AspNetCore;

/// <summary>Who may use the endpoints that spend the app's money, or show its files.</summary>
internal static class EndpointCallers
{
    /// <summary>Whether somebody has said that the caller may: a login, or a policy of the endpoint.</summary>
    public static bool IsAuthorized(HttpContext context)
    {
        if (context.User.Identity?.IsAuthenticated == true)
            return true;
        // A policy of the endpoint may let others pass than those who have logged in.
        var metadata = context.GetEndpoint()?.Metadata;
        return metadata?.GetMetadata<IAllowAnonymous>() is null
            && (metadata?.GetMetadata<IAuthorizeData>() is not null || metadata?.GetMetadata<AuthorizationPolicy>() is not null);
    }
}
