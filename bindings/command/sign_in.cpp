// sign-in: asks for the password and, where due, for the code; prints the token.
#include "commands.hpp"

#include <frontdesk/access.hpp>

#include <iostream>

#include <termios.h>
#include <unistd.h>

namespace frontdesk::command {
namespace {

/// What is typed does not show while this lives. Of no effect where input is not a terminal.
class HiddenInput {
 public:
  HiddenInput() : is_terminal_(tcgetattr(STDIN_FILENO, &before_) == 0) {
    if (!is_terminal_) return;
    termios hidden = before_;
    hidden.c_lflag &= ~static_cast<tcflag_t>(ECHO);
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &hidden);
  }
  ~HiddenInput() {
    if (!is_terminal_) return;
    tcsetattr(STDIN_FILENO, TCSAFLUSH, &before_);
    std::cerr << '\n';
  }
  HiddenInput(const HiddenInput&) = delete;
  HiddenInput& operator=(const HiddenInput&) = delete;

 private:
  termios before_{};
  bool is_terminal_;
};

/// A line of standard input; the question shows on a terminal only.
std::string ask(std::string_view question) {
  if (isatty(STDIN_FILENO) == 1) std::cerr << question << ": " << std::flush;
  std::string answer;
  if (!std::getline(std::cin, answer))
    throw UsageError(std::string(question) + " is missing on standard input");
  return answer;
}

int run(const access::SignIn& given, const Options& options) {
  access::SignIn request = given;
  const Desk desk = open(options, IfMissing::refuse);
  {
    const HiddenInput hidden;
    request.password = ask("Password");
  }
  access::SignInResult result = desk.anonymous().run(request, options.call);
  if (result.challenge) {
    access::AnswerChallenge answer;
    answer.challenge = result.challenge->token;
    answer.code = ask("Code");
    result = desk.anonymous().run(answer, options.call);
  }
  std::cout << result.token << '\n';
  return 0;
}

}  // namespace

Command add_sign_in(CLI::App& app, Options& options) {
  auto request = std::make_shared<access::SignIn>();
  CLI::App* command = app.add_subcommand(
      "sign-in", "Ask for the password (a line of standard input) and print a token for --as");
  command->add_option("login", request->login, "E-mail address or login")->required();
  command->add_option("--device", request->device, "What signs in, for the list of sessions");
  return {command, [request, &options] { return run(*request, options); }};
}

}  // namespace frontdesk::command
