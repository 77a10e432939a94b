using System.CommandLine;

namespace Zoetrope.Cli.Commands;

/// <summary>What a person confirms before it is done.</summary>
internal static class Confirmation
{
    /// <summary><c>--yes</c>.</summary>
    public static Option<bool> Yes(string description) => new("--yes", "-y") { Description = description };

    /// <summary>Asks on a terminal.</summary>
    /// <param name="session">The run of the command.</param>
    /// <param name="consequence">What will happen.</param>
    /// <param name="elsewhere">The problem where nobody can be asked.</param>
    /// <exception cref="UsageException">It was not confirmed.</exception>
    public static void Require(Session session, string consequence, string elsewhere)
    {
        if (Console.IsInputRedirected || Console.IsErrorRedirected)
            throw new UsageException(elsewhere);
        session.Reporter.WriteLine($"{consequence} Type yes to go on:");
        if (Console.In.ReadLine()?.Trim() is not ("yes" or "y"))
            throw new UsageException("Nothing was changed.");
    }
}
