using static Nabla.Blank;

namespace Nabla.Lessons;

internal static class LessonA4
{
    private const string Program = "x = 3\ny = 2\nu = x + y\nf = u^2";

    public static Lesson Lesson { get; } = new(
        "A4",
        new("The square of a sum", "합의 제곱"),
        new("f = (x + y)²: naming the part in the middle makes the derivative easy.", "f = (x + y)²: 가운데 부분에 이름을 붙이면 미분이 쉬워집니다."),
        new TextSection(
            """
            To differentiate f = (x + y)² you could multiply the brackets out. There is an easier way: give the sum a name, u = x + y, so that f = u².
            A formula with a name for every part **is** a computational graph.

            Now there are two small questions instead of one large one. How does f answer to u? ∂f/∂u = 2u. How does u answer to x? ∂u/∂x = 1. The chain rule
            puts them together: **∂f/∂x = 2u · 1 = 2(x + y)**, and the same for y.

            The second graph writes the square as a product of u with itself. Then u is used twice, two shares of gradient come back to it, and their sum
            is again 2u. Two ways of writing a function, two graphs, one gradient.
            """,
            """
            f = (x + y)²을 미분하려고 괄호를 펼칠 수도 있습니다. 더 쉬운 길은 합에 이름을 붙이는 것입니다. u = x + y라고 하면 f = u²입니다. 부분마다
            이름을 붙인 식이 **바로** 계산 그래프입니다.

            이제 큰 질문 하나가 작은 질문 둘로 바뀌었습니다. f는 u에 대해 어떻게 변할까요? ∂f/∂u = 2u입니다. u는 x에 대해 어떻게 변할까요? ∂u/∂x =
            1입니다. 연쇄 법칙으로 합치면 **∂f/∂x = 2u · 1 = 2(x + y)**이고 y도 같습니다.

            두 번째 그래프는 제곱을 u와 u의 곱으로 씁니다. 그러면 u가 두 번 쓰이고 기울기의 몫도 둘이 돌아오는데, 그 합이 다시 2u입니다. 쓰는 법이
            다르면 그래프는 달라도 기울기는 같습니다.
            """),
        new GraphSection(Program) { Title = new("As a square", "제곱으로") },
        new GraphSection("x = 3\ny = 2\nu = x + y\nf = u * u") { Title = new("As a product", "곱으로") },
        new QuizSection(
            "quiz-1",
            new("Why is ∂f/∂x equal to ∂f/∂y here?", "여기서 ∂f/∂x와 ∂f/∂y가 같은 까닭은 무엇일까요?"),
            [
                new("Because x and y have the same value", "x와 y의 값이 같아서"),
                new("Because f is a square", "f가 제곱이어서"),
                new("Because the add node hands the same upstream gradient to both", "덧셈 노드가 둘에게 같은 상류 기울기를 전해서"),
            ],
            right: 2,
            new("∂u/∂x and ∂u/∂y are both 1, so both receive ∂f/∂u unchanged.", "∂u/∂x와 ∂u/∂y가 모두 1이므로 둘 다 ∂f/∂u를 그대로 받습니다.")),
        new ExerciseSection(
            "exercise-1",
            new("Go forward, then back.", "앞으로 간 다음 뒤로 가 보세요."),
            Program,
            Value("u"), Value("f"), Local("f", "u"), Upstream("u"), Local("u", "x"), Downstream("x"), Downstream("y")));
}
