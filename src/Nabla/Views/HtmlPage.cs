namespace Nabla.Views;

internal static class HtmlPage
{
    public static string Write(GraphView view, Language language) => SvgWriter.Write(view, language);
}
