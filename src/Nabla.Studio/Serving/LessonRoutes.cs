using Microsoft.AspNetCore.Routing;

namespace Nabla.Serving;

/// <summary>The lessons: docs/studio.md, "Learn".</summary>
internal static class LessonRoutes
{
    public static void MapLessons(this IEndpointRouteBuilder routes) => ArgumentNullException.ThrowIfNull(routes);
}
